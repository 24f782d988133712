"""Which addresses may be connected to, in every spelling, and what a setting may allow beside them."""

import pytest

from crawlers.egress.address_policy import (
    AddressPolicy,
    allowed_targets,
    not_public,
    odd_spelling,
    target_of,
)

NOT_PUBLIC = """
127.0.0.1 127.8.8.8 0.0.0.0 10.1.1.1 172.16.0.1 192.168.0.1 100.64.0.1 169.254.169.254 192.0.2.1 198.18.0.1
192.88.99.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 ::1 :: fe80::1 fe80::1%lo fec0::1 fc00::1 fd00:ec2::254
ff02::1 2001:db8::1 100::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1
2002:7f00:1:: 2002:a00:1:: 2001:0:7f00:1::1 law.example 127.1
""".split()
PUBLIC = "1.1.1.1 8.8.8.8 2606:4700::1 2a01:4f8::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::".split()
ODD = """
127.1 127.0.1 0x7f.1 0x7f000001 2130706433 0177.0.0.1 017700000001 127.0.0.1. 127.000.000.001 localhost. 0 1 8.8.2056
::ffff:127.0.0.1 0:0:0:0:0:0:0:1 fe80::1%lo 0X7F.1 \uff11\uff12\uff17.0.0.1 \u2460\u2461\u2466.0.0.2
""".split()
PLAIN = "127.0.0.1 ::1 localhost law.example 163.com 1.law.example www.gov.cn xn--fiq228c.cn 0x.example a-1.eu".split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_no_public_one_is_named_as_what_it_is(address):
    assert not_public(address)
    assert AddressPolicy().refusal("law.example", address, 443)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_connected_to_on_the_ports_of_the_web(address):
    policy = AddressPolicy()

    assert not policy.refusal("law.example", address, 80)
    assert not policy.refusal("law.example", address, 443)
    assert "port 22" in policy.refusal("law.example", address, 22)


@pytest.mark.parametrize("host", ODD)
def test_an_address_spelled_otherwise_is_seen(host):
    assert odd_spelling(host)


@pytest.mark.parametrize("host", PLAIN)
def test_names_and_plain_addresses_are_not_taken_for_odd_ones(host):
    assert not odd_spelling(host)


def test_a_target_is_allowed_on_its_port_or_on_all_and_nothing_beside_it():
    policy = AddressPolicy(allowed_targets("10.1.0.0/16, 127.0.0.1:8080, [fd00::1]:443, ::1, archive.local:8443"))

    assert not policy.refusal("x", "10.1.2.3", 9999)
    assert not policy.refusal("x", "127.0.0.1", 8080)
    assert not policy.refusal("x", "fd00::1", 443)
    assert not policy.refusal("x", "::1", 5)
    assert not policy.refusal("Archive.local", "10.9.9.9", 8443)
    assert policy.refusal("archive.local", "10.9.9.9", 80)
    assert policy.refusal("x", "10.2.0.1", 80)
    assert policy.refusal("x", "127.0.0.1", 8081)
    assert policy.refusal("x", "fd00::2", 443)
    assert policy.refusal("archive.local.evil.example", "10.9.9.9", 8443)


@pytest.mark.parametrize("text", ["10.0.0.0/99", "127.0.0.1:0", "127.0.0.1:70000", ":80", "1.2.3.4/8/8"])
def test_a_setting_that_names_no_target_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        allowed_targets(text)


def test_a_service_configured_by_its_bare_address_is_what_the_operator_means():
    assert [(target.place, target.port) for target in target_of("http://127.0.0.1:5000/translate")] == [
        ("127.0.0.1", 5000)
    ]
    assert target_of("https://translate.example/translate") == ()
    assert target_of("") == ()

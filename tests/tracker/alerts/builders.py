"""Builders: invented law about imaginary duties, saying only what matters to a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from storage.records import (
    Authority,
    Change,
    ChangeKind,
    Claim,
    ClaimKind,
    Comparison,
    Event,
    EventKind,
    Filters,
    Instrument,
    Milestone,
    MilestoneKind,
    Op,
    OpKind,
    Provision,
    ProvisionKind,
    Reading,
    ReviewState,
    Subscriber,
    Subscription,
    Tag,
    TagName,
    Version,
    Weight,
)
from tracker.alerts.settings import AlertSettings

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
EARLIER = datetime(2026, 11, 1, tzinfo=UTC)


def some_settings(home: Path = Path("unused"), **more) -> AlertSettings:
    settings = AlertSettings(
        home=home,
        base_url="https://watch.example",
        mail_from="Clausewatch <alerts@watch.example>",
        secret_key=b"a key for tests only",
    )
    return replace(settings, **more)


def a_subscriber(**more) -> Subscriber:
    return replace(Subscriber(id=1, address="ana@policy.example", name="Ana"), **more)


def a_subscription(**more) -> Subscription:
    filters = more.pop("filters", None) or Filters(
        **{key: more.pop(key) for key in list(more) if key in Filters.__dataclass_fields__}
    )
    return replace(Subscription(id=7, subscriber_id=1, filters=filters, created_at=EARLIER), **more)


def an_event(**more) -> Event:
    event = Event(
        id=3,
        key="new_version:cn_lamp:2",
        kind=EventKind.NEW_VERSION,
        instrument_id="cn_lamp",
        at=NOW,
        weight=Weight.HIGH,
        jurisdiction="cn",
        authorities=("cn_cac", "cn_miit"),
        topics=("content-labelling",),
        source_id="cn_cac_lamp",
    )
    return replace(event, **more)


def an_instrument(**more) -> Instrument:
    instrument = Instrument(
        id="cn_lamp",
        jurisdiction="cn",
        title="Provisions on Lamp Talk Services",
        title_native="灯语服务管理规定",
        url="https://regulator.example/2026/lamp.htm",
    )
    return replace(instrument, **more)


def a_reading(**more) -> Reading:
    reading = Reading(
        format="html",
        jurisdiction="cn",
        language="zh",
        title="灯语服务管理规定",
        number="令第99号",
        type="departmental rule",
        authorities=(
            Authority("cn_cac", "Cyberspace Administration of China", "国家互联网信息办公室"),
            Authority("cn_miit", "Ministry of Industry and Information Technology", "工业和信息化部"),
        ),
        dates=(
            Milestone(MilestoneKind.ISSUED, date(2026, 11, 20), "2026年11月20日"),
            Milestone(MilestoneKind.IN_FORCE, date(2027, 1, 10), "自2027年1月10日起施行"),
        ),
        provisions=(
            Provision("art_14", ProvisionKind.ARTICLE, "14", "第十四条", citation="第十四条"),
            Provision("art_15", ProvisionKind.ARTICLE, "15", "第十五条", citation="第十五条"),
        ),
    )
    return replace(reading, **more)


def a_version(**more) -> Version:
    version = Version(
        id="cn_lamp@2026-11-25",
        instrument_id="cn_lamp",
        source_id="cn_cac_lamp",
        page_id=1,
        snapshot_id=12,
        language="zh",
        seen_at=NOW,
        standing=ReviewState.CONFIRMED,
        first=False,
        text_sha256="00" * 32,
        reading=a_reading(),
    )
    return replace(version, **more)


def a_shorter_deadline() -> Change:
    old, new = "灯语服务提供者应当在三十日内报告。", "灯语服务提供者应当在十日内报告。"
    return Change(
        kind=ChangeKind.MODIFIED,
        weight=Weight.HIGH,
        old_unit="art_15",
        new_unit="art_16",
        old_eid="art_15__para_1",
        new_eid="art_16__para_1",
        old_citation="第十五条第一款",
        new_citation="第十六条第一款",
        old_text=old,
        new_text=new,
        ops=(
            Op(OpKind.EQUAL, "灯语服务提供者应当在"),
            Op(OpKind.DELETE, "三十日"),
            Op(OpKind.INSERT, "十日"),
            Op(OpKind.EQUAL, "内报告。"),
        ),
        tags=(Tag(TagName.DEADLINE, "P30D", "P10D", "三十日", "十日"),),
        claims=(Claim(ClaimKind.DEADLINE_SHORTENED, "", "P30D", "P10D", "三十日", "十日"),),
        explanation="Time limit shortened from 30 days to 10 days",
    )


def a_new_paragraph(number: int, text: str) -> Change:
    return Change(
        kind=ChangeKind.ADDED,
        weight=Weight.MEDIUM,
        new_unit="art_15",
        new_eid=f"art_15__para_{number}",
        new_citation="第十五条第一款",
        new_text=text,
        ops=(Op(OpKind.INSERT, text),),
        explanation="New duty: 应当" if number == 1 else "",
    )


def a_rewording() -> Change:
    return Change(
        kind=ChangeKind.MODIFIED,
        weight=Weight.EDITORIAL,
        old_unit="art_3",
        new_unit="art_3",
        old_eid="art_3",
        new_eid="art_3",
        old_citation="第三条",
        new_citation="第三条",
        old_text="灯语应当清楚。",
        new_text="灯语应当清晰。",
        ops=(
            Op(OpKind.EQUAL, "灯语应当清"),
            Op(OpKind.DELETE, "楚"),
            Op(OpKind.INSERT, "晰"),
            Op(OpKind.EQUAL, "。"),
        ),
    )


def a_renumbering(old: int, new: int) -> Change:
    return Change(
        kind=ChangeKind.RENUMBERED,
        weight=Weight.REFERENCE,
        old_unit=f"art_{old}",
        new_unit=f"art_{new}",
        old_eid=f"art_{old}",
        new_eid=f"art_{new}",
    )


def a_followed_reference() -> Change:
    return Change(kind=ChangeKind.MODIFIED, weight=Weight.REFERENCE, old_unit="art_20", new_unit="art_21")


def a_comparison() -> Comparison:
    changes = (
        a_rewording(),
        a_new_paragraph(1, "灯语服务提供者应当保存夜间记录，保存期限不少于六个月。"),
        a_new_paragraph(2, "前款记录不得用于其他目的。"),
        a_shorter_deadline(),
        *(a_renumbering(number, number + 1) for number in range(16, 20)),
        a_followed_reference(),
    )
    summary = {"added": 1, "removed": 0, "modified": 3, "reference": 1, "renumbered": 4, "weight": "high"}
    return Comparison(changes=changes, summary=summary)

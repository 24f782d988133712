"""Reading in a child process: the same reading, within limits, one page after another."""

import io
import os
import pickle
import signal

import pytest

from tracker.reading import RefusedError, read
from tracker.reading import read_apart as apart
from tracker.reading.limits import processor_limit, seconds_for
from tracker.reading.read_apart import read_apart
from tracker.reading.structure.draft import ReadingContext

EU = ReadingContext(jurisdiction="eu")
FILLER = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."
PAGE = f"REGULATION (EU) 2031/4 ON LAMPS\n\nArticle 1\n{FILLER}\n\nArticle 2\n{FILLER}".encode()


def test_a_page_reads_alike_in_the_child_and_here():
    assert read_apart(PAGE, EU) == read(PAGE, EU)


def test_what_is_refused_here_is_refused_there_in_the_same_words():
    with pytest.raises(RefusedError, match="0 bytes of content"):
        read_apart(b"  ", EU)


def test_one_child_reads_page_after_page():
    read_apart(PAGE, EU)
    first = apart._WORKER.process
    read_apart(PAGE, EU)

    assert first is not None
    assert apart._WORKER.process is first


def test_a_page_that_ends_the_child_is_refused_and_the_next_is_read():
    read_apart(PAGE, EU)
    process = apart._WORKER.process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)  # so that it cannot answer before it ends
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert read_apart(PAGE, EU).counts == {"article": 2}
    assert apart._WORKER.process is not process


def test_the_parent_takes_nothing_but_records_from_the_child():
    with pytest.raises(pickle.UnpicklingError, match="no part of a reading"):
        apart._ReadingUnpickler(io.BytesIO(pickle.dumps(os.system))).load()


def test_a_page_has_ten_seconds_and_two_for_each_megabyte():
    assert [seconds_for(size) for size in (0, 999_999, 1_000_000, 3_000_000)] == [10, 12, 12, 16]


def test_a_signal_of_spent_processor_time_refuses_the_page_in_this_process():
    with pytest.raises(RefusedError, match="not read within 12 seconds of processor time"), processor_limit(10):
        os.kill(os.getpid(), signal.SIGXCPU)

    assert signal.getsignal(signal.SIGXCPU) is signal.SIG_DFL


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<p>《x》</p>" * 20_000, id="titles_in_twenty_thousand_paragraphs"),
        pytest.param("<div>" * 230 + "x" + "</div>" * 230, id="two_hundred_and_thirty_levels"),
        pytest.param("<ul>" + "<li>a</li>" * 200_000 + "</ul>", id="two_hundred_thousand_items"),
    ],
)
def test_a_page_without_end_is_read_or_refused(page):
    try:
        reading = read_apart(page.encode(), EU)
    except RefusedError:
        return
    assert [flaw.cause for flaw in reading.flaws if flaw.fatal]

"""Bad luck of two hands: two rounds, two jobs that watch, two webs, two copies, at the same time."""

from __future__ import annotations

import shutil
import signal
from contextlib import ExitStack

from benchmarks.bad_luck.ground import Ground, wait_until


def together(*commands: tuple[str, ...], ground: Ground) -> list[str]:
    """Run commands at the same time; each ends well, and no host is asked twice at once."""
    faults = []
    with ExitStack() as stack:
        jobs = [stack.enter_context(ground.process(*words)) for words in commands]
        for words, job in zip(commands, jobs, strict=True):
            out, err = job.communicate(timeout=120)
            text = " ".join((out + err).split())
            faults += [f"{words}: a traceback: {text[-300:]}"] if "Traceback" in text else []
            faults += [f"{words}: ended with {job.returncode}: {text[-200:]}"] if job.returncode not in {0, 1} else []
    return faults + asked_twice_at_once(ground)


def asked_twice_at_once(ground: Ground) -> list[str]:
    """Return the hosts that were asked for two things at the same time."""
    return [
        f"{role} was asked for {count} things at once" for role, count in ground.practice.busiest.items() if count > 1
    ]


def two_jobs(ground: Ground) -> list[str]:
    """Let two jobs watch one home for a while."""
    with ground.process("run", "--tick", "1") as one, ground.process("run", "--tick", "1") as other:
        wait_until(lambda: ground.rows("SELECT count(*) FROM versions")[0][0] > 2, 20)
        faults = []
        for job in (one, other):
            job.send_signal(signal.SIGTERM)
        for job in (one, other):
            _, err = job.communicate(timeout=60)
            faults += [f"a traceback: {err[-300:]}"] if "Traceback" in err else []
    return faults + asked_twice_at_once(ground)


def two_copies(ground: Ground) -> list[str]:
    """Make two backups at once, to one place and to two, while a round runs."""
    target = ground.home.parent / "copy"
    faults = together(("backup", str(target)), ("backup", f"{target}.tar.gz"), ("check", "--all"), ground=ground)
    with ground.process("backup", str(target)) as job:
        _, err = job.communicate(timeout=60)
    if job.returncode != 2:
        faults.append(f"a backup was written over another: {err}")
    copy = Ground(target, ground.practice, ground.office)
    faults += copy.verify()
    shutil.rmtree(target)
    return faults


def two_webs(ground: Ground) -> list[str]:
    """Serve one home twice while a round runs; on one port the second says that it is taken."""
    with ground.process("serve", "--port", "0") as one:
        assert one.stderr is not None
        port = one.stderr.readline().partition("127.0.0.1:")[2].partition("/")[0]
        result = ground.command("serve", "--port", port, timeout=20)
        return result.faults(statuses=(2,), words="in use|taken") + ground.check().faults(statuses=(0, 1))

"""Bad luck of the mail: a server in every mood, while a change is to be told."""

from __future__ import annotations

import shutil

from benchmarks.bad_luck.ground import Ground


def mood(name: str, ground: Ground) -> list[str]:
    """Let the mail server be in a mood for a round."""
    ground.office.mood = name
    result = ground.check()
    faults = result.faults(statuses=(0, 1))
    waiting_count = ground.rows("SELECT count(*) FROM messages WHERE audience = 'reader' AND status <> 'sent'")[0][0]
    if not waiting_count:
        faults.append("nothing waits, though the server took nothing")
    if ground.rows("SELECT count(*) FROM messages WHERE status = 'failed'")[0][0]:
        return [*faults, *_given_up(ground)]
    return faults


def _given_up(ground: Ground) -> list[str]:
    """Say whether what was refused for good is told to operators, and then send it again as an operator would."""
    faults = (
        [] if ground.problems() & {"mail server", "refused", "address refused"} else ["nobody is told of refused mail"]
    )
    ground.write("UPDATE messages SET status = 'pending' WHERE status = 'failed'")
    return faults


def no_server(ground: Ground) -> list[str]:
    """Let nobody listen where the mail server was."""
    return ground.check(CLAUSEWATCH_SMTP_URL="smtp://127.0.0.1:9").faults(statuses=(1,), words="mail server")


def no_name(ground: Ground) -> list[str]:
    """Name a mail server that does not exist."""
    return ground.check(CLAUSEWATCH_SMTP_URL="smtp://mail.invalid:25").faults(statuses=(1,), words="mail server")


def no_folder(ground: Ground) -> list[str]:
    """Put a file where mail is filed."""
    shutil.rmtree(ground.home / "emails", ignore_errors=True)
    (ground.home / "emails").write_text("no folder")
    faults = ground.check().faults(statuses=(1,), words="mail not written")
    (ground.home / "emails").unlink()
    return faults

"""A period drawn: from its trigger to its last day, with today and the day after it.

Every day of the picture is written beside its mark, so that nothing has to be read off a scale and
nothing is told by colour alone. It is HTML with percentages, which keeps its letters' size on a
phone and on paper, where a scaled drawing would not.
"""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from assistant.law.english import long_date
from assistant.retention.rules import rulebook
from assistant.retention.values import Deadline


def period_html(deadline: Deadline) -> str:
    """The picture of one computed date."""
    after = deadline.date + timedelta(days=1) if deadline.date < date.max else deadline.date
    first, last = min(deadline.trigger, deadline.today), max(after, deadline.today)
    days = max((last - first).days, 1)

    def at(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    begins, ends, now = at(deadline.trigger), at(deadline.date), at(deadline.today)
    keep = deadline.kind == "keep_through"
    event = rulebook().events.get(deadline.event)
    since = f"{long_date(deadline.trigger)}: {event.words if event else deadline.event.replace('_', ' ')}"
    today = f"Today, {long_date(deadline.today)}"
    until = f"{deadline.verb} {long_date(deadline.date)}"
    rows = [_label(begins, since, "from"), _label(ends, until, "until")]
    if keep:
        rows.append(_label(at(after), f"First day after this period: {long_date(after)}", "after"))
    said = f"{since}. {until}. {today}."
    done = f'<span class="done" style="left:{begins}%;width:{max(min(now, ends) - begins, 0)}%"></span>'
    kept = f'<span class="span" style="left:{begins}%;width:{max(ends - begins, 0.6)}%"></span>'
    return (
        f'<figure class="period {deadline.status}" role="img" aria-label="{escape(said)}">'
        f"{_label(now, today, 'now')}"
        f'<div class="track">{kept}{done}'
        f"{_mark(begins, 'from')}{_mark(ends, 'until')}{_mark(now, 'now')}</div>"
        f"{''.join(rows)}</figure>"
    )


def _label(percent: float, words: str, kind: str) -> str:
    """Moved back by its own share of its width, so that it never leaves the picture."""
    style = f"left:{percent}%;transform:translateX(-{percent}%)"
    return f'<div class="label {kind}"><span style="{style}">{escape(words)}</span></div>'


def _mark(percent: float, kind: str) -> str:
    return f'<i class="{kind}" style="left:{percent}%"></i>'

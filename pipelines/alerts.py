"""Telling the people in charge what went wrong, by webhook, e-mail or another of the ways that Apprise knows.

The one module beside the sources that opens the network. What is worth telling is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sources.settings import Settings

if TYPE_CHECKING:
    from apprise import NotifyBase


def tell(settings: Settings, title: str, lines: Sequence[str]) -> list[str]:
    """Send a message to every address in the settings; gives a line for each that did not take it.

    Nothing is sent where no line or no address is given. An address is named without its secrets.
    """
    addresses = settings.alerts.get_secret_value().split() if settings.alerts else []
    if not lines or not addresses:
        return []
    import apprise

    faults = []
    for number, address in enumerate(addresses, 1):
        server = apprise.Apprise.instantiate(address, suppress_exceptions=True)
        if server is None:
            faults.append(f"alert not sent: OBSERVATORY_ALERTS: address {number} is none that Apprise knows")
        elif not _sent(server, title, "\n".join(lines)):
            named = str(server.url(privacy=True)).partition("?")[0]  # type: ignore[no-untyped-call]
            faults.append(f"alert not sent: {named} did not take it")
    return faults


def _sent(server: NotifyBase, title: str, body: str) -> bool:
    """Whether one address took the message; it is plain text, so that no text of a source becomes markup."""
    import apprise

    messenger = apprise.Apprise()
    messenger.add(server)
    return bool(messenger.notify(body, title, apprise.NotifyType.WARNING, apprise.NotifyFormat.TEXT))

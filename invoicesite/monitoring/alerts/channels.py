"""Where alerts go: mail, and incoming webhooks of Slack and Teams. Addresses are checked as those of webhooks are."""

from __future__ import annotations

import hashlib
import json
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from invoicesite.monitoring.models import AlertMessage
from invoicesite.webhooks.posting import post_message

MAIL = "mail"
_SIGNS = {("danger", "began"): "🔴", ("warning", "began"): "🟠"}


@dataclass(frozen=True, slots=True)
class Channel:
    """``key`` names it in the outbox; of an address only a fingerprint, because whoever knows it may write there."""

    key: str
    style: str
    url: str = ""


def channels() -> dict[str, Channel]:
    """Those that the settings name, by their keys."""
    found = [Channel(MAIL, MAIL)] if settings.ALERT_MAIL_TO and settings.EMAIL_HOST else []
    for style, url in settings.ALERT_WEBHOOKS:
        found.append(Channel(f"{style}:{hashlib.sha256(url.encode()).hexdigest()[:16]}", style, url))
    return {channel.key: channel for channel in found}


def send(channel: Channel, messages: Sequence[AlertMessage]) -> str:
    """Send alerts as one message. Gives why it did not arrive, "" where it did."""
    if channel.style == MAIL:
        return _mail(messages)
    body = json.dumps(_card(messages) if channel.style == "teams" else _slack(messages), ensure_ascii=False).encode()
    number = "-".join(str(message.pk) for message in messages[:5])
    answer = post_message(url=channel.url, message_id=f"alert-{number}", body=body, secrets=[], attempt=1)
    return "" if answer.ok else answer.error


def headline(messages: Sequence[AlertMessage]) -> str:
    first = next((message for message in messages if message.alert.level == "danger"), messages[0])
    more = f" and {len(messages) - 1} more" if len(messages) > 1 else ""
    return f"{_line(first)}{more}"


def _line(message: AlertMessage) -> str:
    return message.alert.title if message.what == "began" else f"Over: {message.alert.title}"


def _mail(messages: Sequence[AlertMessage]) -> str:
    lines = [
        f"{message.alert.began_at:%Y-%m-%d %H:%M} UTC  {message.alert.level.upper()}  {_line(message)}"
        f"\n    {message.alert.detail}".rstrip()
        for message in messages
    ]
    mail = EmailMessage(
        subject=f"[Invoicesite] {headline(messages)}"[:200],
        body="\n\n".join([*lines, "What to do is in docs/operations.md, under the name of the alert."]),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=settings.ALERT_MAIL_TO,
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: nobody's holiday reply is wanted
    )
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as error:
        return type(error).__name__
    return ""


def _texts(messages: Sequence[AlertMessage]) -> list[str]:
    return [
        f"{_SIGNS.get((message.alert.level, message.what), '🟢')} {_line(message)} {message.alert.detail}".strip()
        for message in messages
    ]


def _slack(messages: Sequence[AlertMessage]) -> dict[str, Any]:
    """Slack, "Formatting text": three signs are escaped."""
    text = "\n".join(_texts(messages)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": text}


def _card(messages: Sequence[AlertMessage]) -> dict[str, Any]:
    """An adaptive card, as the workflows of Teams take it."""
    blocks = [{"type": "TextBlock", "text": text, "wrap": True} for text in _texts(messages)]
    card = {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4"}
    content = {**card, "body": blocks}
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    return {"type": "message", "attachments": [attachment]}

"""Bounces in the shapes that mail systems give them: by their own programs, in several languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

BOUNDARY = "=_bounce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A letter that comes back.

    Attributes:
        header_id: its Message-ID.
        recipient: whom it was for.
        to: the address that it returns to.
        subject: its own.
    """

    header_id: str
    recipient: str
    to: str
    subject: str = "TSB Circular 106: reminder"

    @property
    def header(self) -> str:
        """What a bounce encloses of it."""
        return (
            f"From: TSB <tsbdir@itu.example>\nTo: <{self.recipient}>\nSubject: {self.subject}\n"
            f"Message-ID: {self.header_id}\nAuto-Submitted: auto-generated\n"
        )


def _mail(returned: Returned, *fields: str, body: str) -> bytes:
    lines = [*fields, f"To: <{returned.to}>", "Date: Wed, 08 Apr 2026 09:00:00 +0000"]
    return "\n".join([*lines, "MIME-Version: 1.0", body]).replace("\n", "\r\n").encode()


def _plain(words: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{words}\n"


def _page(words: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{words}\n"


def _report(
    words: str, status: str, enclosed: str, *, words_are: Callable[[str], str] = _plain
) -> str:
    """A report of RFC 3464: words for people, fields for programs, the letter or its header."""
    return (
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{BOUNDARY}"\n\n'
        f"--{BOUNDARY}\n{words_are(words)}"
        f"--{BOUNDARY}\nContent-Type: message/delivery-status\n\n{status}\n"
        f"--{BOUNDARY}\n{enclosed}\n--{BOUNDARY}--\n"
    )


def _status(returned: Returned, code: str = "5.1.1", said: str = "550 5.1.1 unknown user") -> str:
    return (
        "Reporting-MTA: dns; mx.regulator.example\nArrival-Date: Wed, 8 Apr 2026 08:59:00 +0000\n\n"
        f"Final-Recipient: rfc822; {returned.recipient}\nAction: failed\nStatus: {code}\n"
        f"Diagnostic-Code: smtp; {said}\n"
    )


def _header_only(returned: Returned) -> str:
    return f"Content-Type: text/rfc822-headers\n\n{returned.header}"


def _whole(returned: Returned) -> str:
    return f"Content-Type: message/rfc822\n\n{returned.header}\nDear Sir or Madam,\n"


_POSTFIX_FROM = "From: Mail Delivery System <MAILER-DAEMON@mx.regulator.example>"
_NULL = "Return-Path: <>"


def postfix(returned: Returned) -> bytes:
    words = (
        "This is the mail system at host mx.regulator.example.\n\nI'm sorry to have to inform you"
        f" that your message could not\nbe delivered to one or more recipients.\n\n"
        f"<{returned.recipient}>: host mail.regulator.example[192.0.2.7] said: 550 5.1.1\n"
        "    unknown user (in reply to RCPT TO command)"
    )
    return _mail(
        returned,
        _NULL,
        _POSTFIX_FROM,
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        body=_report(words, _status(returned), _whole(returned)),
    )


def exim(returned: Returned) -> bytes:
    words = (
        "This message was created automatically by mail delivery software.\n\nA message that you"
        " sent could not be delivered to one or more of its\nrecipients. This is a permanent error."
        f" The following address(es) failed:\n\n  {returned.recipient}\n    host mx.example"
        " [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:"
        f"<{returned.recipient}>:\n    550 no such user here\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        f"{returned.header}\nDear Sir or Madam,"
    )
    return _mail(
        returned,
        _NULL,
        f"X-Failed-Recipients: {returned.recipient}",
        "Auto-Submitted: auto-replied",
        "From: Mail Delivery System <Mailer-Daemon@mx.regulator.example>",
        "Subject: Mail delivery failed: returning message to sender",
        body=_plain(words),
    )


def qmail(returned: Returned) -> bytes:
    words = (
        "Hi. This is the qmail-send program at regulator.example.\nI'm afraid I wasn't able to"
        " deliver your message to the following addresses.\nThis is a permanent error; I've given"
        f" up. Sorry it didn't work out.\n\n<{returned.recipient}>:\nSorry, no mailbox here by that"
        " name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <{returned.to}>\n{returned.header}\nDear Sir or Madam,"
    )
    return _mail(
        returned,
        _NULL,
        "From: MAILER-DAEMON@regulator.example",
        "Subject: failure notice",
        body=_plain(words),
    )


def sendmail(returned: Returned) -> bytes:
    words = (
        "The original message was received at Wed, 8 Apr 2026 08:59:00 GMT\nfrom mail.example"
        " [192.0.2.1]\n\n   ----- The following addresses had permanent fatal errors -----\n"
        f"<{returned.recipient}>\n    (reason: 550 5.1.1 User unknown)\n\n"
        "   ----- Transcript of session follows -----\n... while talking to mail.regulator.example.:"
        f"\n>>> RCPT To:<{returned.recipient}>\n<<< 550 5.1.1 User unknown"
    )
    return _mail(
        returned,
        _NULL,
        "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.regulator.example>",
        "Subject: Returned mail: see transcript for details",
        "Auto-Submitted: auto-generated (failure)",
        body=_report(words, _status(returned), _header_only(returned)),
    )


def gmail(returned: Returned) -> bytes:
    words = (
        f"<h2>Address not found</h2><p>Your message wasn't delivered to <a>{returned.recipient}</a>"
        " because the address couldn't be found, or is unable to receive mail."
    )
    return _mail(
        returned,
        _NULL,
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        f"X-Failed-Recipients: {returned.recipient}",
        "Auto-Submitted: auto-replied",
        f"References: {returned.header_id}",
        f"In-Reply-To: {returned.header_id}",
        "Subject: Delivery Status Notification (Failure)",
        body=_report(
            words,
            _status(returned, said="550-5.1.1 The email account does not exist"),
            _whole(returned),
            words_are=_page,
        ),
    )


def exchange(returned: Returned, subject: str, words: str) -> bytes:
    """Exchange and Microsoft 365, in the language of the organisation."""
    status = _status(returned, "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found")
    return _mail(
        returned,
        _NULL,
        "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e"
        "@regulator.example>",
        f"Subject: {subject}: {returned.subject}",
        "Auto-Submitted: auto-replied",
        "X-MS-Exchange-Message-Is-Ndr:",
        f"In-Reply-To: {returned.header_id}",
        f"References: {returned.header_id}",
        body=_report(
            f"<p><b>{words}</b><p><a>{returned.recipient}</a>",
            status,
            _whole(returned),
            words_are=_page,
        ),
    )


def _exchange(subject: str, words: str) -> Callable[[Returned], bytes]:
    return lambda returned: exchange(returned, subject, words)


def old_exchange(returned: Returned) -> bytes:
    """Exchange 2000: no report, and nothing of the letter but its subject."""
    words = (
        "Your message did not reach some or all of the intended recipients.\n\n"
        f"      Subject:  {returned.subject}\n      Sent:     4/8/2026 9:00 AM\n\n"
        "The following recipient(s) could not be reached:\n\n"
        f"      {returned.recipient} on 4/8/2026 9:00 AM\n            The e-mail account does not"
        " exist at the organization this message was sent to.\n"
        "            <mail.regulator.example #5.1.1>"
    )
    return _mail(
        returned,
        _NULL,
        "From: System Administrator <postmaster@regulator.example>",
        f"Subject: Undeliverable: {returned.subject}",
        body=_plain(words),
    )


def outlook_com(returned: Returned) -> bytes:
    words = f"Delivery has failed to these recipients or groups:\n\n{returned.recipient}\nfull."
    return _mail(
        returned,
        _NULL,
        "From: postmaster@outlook.example",
        f"Subject: Undeliverable: {returned.subject}",
        body=_report(words, _status(returned, "5.2.2", "554 5.2.2 mailbox full"), _whole(returned)),
    )


def domino(returned: Returned) -> bytes:
    words = (
        f"Your message\n\n  Subject: {returned.subject}\n\nwas not delivered to:\n\n"
        f"  {returned.recipient}\n\nbecause:\n\n  User {returned.recipient} not listed in Domino"
        " Directory"
    )
    return _mail(
        returned,
        _NULL,
        "From: Postmaster@regulator.example",
        "Subject: DELIVERY FAILURE: User not listed in Domino Directory",
        "X-Mailer: Lotus Domino Release",
        body=_report(words, _status(returned), _header_only(returned)),
    )


def groupwise(returned: Returned) -> bytes:
    return _mail(
        returned,
        _NULL,
        "From: Mailer-Daemon@regulator.example",
        "Subject: Message status - undeliverable",
        "X-Mailer: Novell GroupWise Internet Agent",
        body=_plain(
            f"The message that you sent was undeliverable to the following:\n\t"
            f"{returned.recipient}\n"
        ),
    )


def mail_ru(returned: Returned) -> bytes:
    words = (
        "Это письмо создано автоматически сервером. К сожалению, Ваше письмо не может быть"
        f" доставлено одному или нескольким получателям:\n\n{returned.recipient}\n"
        "Пользователь не найден."
    )
    return _mail(
        returned,
        _NULL,
        "From: mailer-daemon@corp.mail.example",
        "Subject: =?utf-8?b?0J3QtdC00L7RgdGC0LDQstC70LXQvdC90L7QtSDRgdC+0L7QsdGJ0LXQvdC40LU=?=",
        "Auto-Submitted: auto-replied",
        body=_report(words, _status(returned), _whole(returned)),
    )


def coremail(returned: Returned) -> bytes:
    """Chinese providers: a page in Chinese, and nothing for programs."""
    words = (
        "<p>抱歉，您的邮件被退回来了……<p>原邮件信息：<p>主题："
        f"{returned.subject}<p>收件人：{returned.recipient}<p>退信原因：收件人不存在"
    )
    return _mail(
        returned,
        _NULL,
        "From: Postmaster@mail.example",
        "Subject: =?utf-8?b?57O757uf6YCA5L+hL1N5c3RlbXMgYm91bmNl?=",
        body=_page(words),
    )


def arabic(returned: Returned) -> bytes:
    return _mail(
        returned,
        _NULL,
        "From: postmaster@regulator.example",
        "Subject: غير قابل للتسليم: " + returned.subject,
        body=_report(
            f"تعذر تسليم رسالتك إلى {returned.recipient}", _status(returned), _header_only(returned)
        ),
    )


def without_return_path(returned: Returned) -> bytes:
    """By a gateway that strips the trace: only its words and what it encloses are left."""
    return _mail(
        returned,
        "From: Mail gateway <gateway@regulator.example>",
        "Subject: Undeliverable mail",
        body=_plain(
            f"Your message could not be delivered to:\n<{returned.recipient}>: no such user\n\n"
            f"Original message headers:\n\n{returned.header}"
        ),
    )


def by_whom_it_was_forwarded_to(returned: Returned) -> bytes:
    """A bounce of an address that the recipient forwards to."""
    words = "<private@elsewhere.example>: mailbox full (expanded from the alias)"
    status = _status(returned, "5.2.2").replace(returned.recipient, "private@elsewhere.example")
    return _mail(
        returned,
        _NULL,
        _POSTFIX_FROM,
        "Subject: Undelivered Mail Returned to Sender",
        body=_report(words, status, _header_only(returned)),
    )


#: Those whose words or parts name the letter, with or without a return address of its own.
NAMING: Mapping[str, Callable[[Returned], bytes]] = {
    "Postfix": postfix,
    "Exim": exim,
    "qmail": qmail,
    "Sendmail": sendmail,
    "Gmail": gmail,
    "Exchange in English": _exchange("Undeliverable", "Delivery has failed to these recipients"),
    "Exchange in French": _exchange("Non remis ", "Échec de la remise pour ces destinataires"),
    "Exchange in Spanish": _exchange("No se puede entregar", "No se pudo entregar el mensaje"),
    "Exchange in Russian": _exchange("Не удается доставить", "Не удалось доставить сообщение"),
    "Exchange in Chinese": _exchange("无法送达", "无法将邮件传递给以下收件人"),
    "Exchange in German": _exchange("Unzustellbar", "Fehler bei der Nachrichtenzustellung an"),
    "Exchange in Portuguese": _exchange("Não é possível entregar", "Falha na entrega a"),
    "Outlook.com": outlook_com,
    "Domino": domino,
    "Mail.ru": mail_ru,
    "Exchange in Arabic": arabic,
    "a gateway without a trace": without_return_path,
    "an address that it is forwarded to": by_whom_it_was_forwarded_to,
}
#: Those that say nothing of the letter but its subject: only its return address tells.
SILENT: Mapping[str, Callable[[Returned], bytes]] = {
    "Exchange 2000": old_exchange,
    "GroupWise": groupwise,
    "Coremail": coremail,
}

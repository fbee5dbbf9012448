"""A mail server of aiosmtpd's on a loopback port of its own choice, which it
prints; then what it got, read by Python's own parser, a line each.

Arguments: how it is secured (tls, starttls), certificate, key.
"""

import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

# Strangers who are turned away are what some tests are about.
logging.disable()
warnings.simplefilter("ignore")

security, certificate, key = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


def body(message, kind):
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else None


class Handler:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        got = {
            "encrypted": server.transport.get_extra_info("sslcontext") is not None,
            "login": session.auth_data.login.decode(),
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": {name: str(value) for name, value in message.items()},
            "defects": [str(defect) for part in message.walk() for defect in part.defects],
            "plain": body(message, "plain"),
            "html": body(message, "html"),
        }
        print(json.dumps(got), flush=True)
        return "250 got it"


def authenticate(server, session, envelope, mechanism, data):
    if (data.login, data.password) != (b"post", b"open sesame"):
        return AuthResult(success=False, handled=False)
    return AuthResult(success=True, auth_data=data)


secure = {} if security == "tls" else {"tls_context": context, "require_starttls": True}
options = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": security != "tls"}


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Handler(), loop=loop, **secure, **options),
        "127.0.0.1",
        0,
        ssl=context if security == "tls" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())

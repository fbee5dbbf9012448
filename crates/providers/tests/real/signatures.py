"""Stripe's own library signs and verifies, one question a line."""

import json
import sys

import stripe
from stripe import WebhookSignature

for line in sys.stdin:
    ask = json.loads(line)
    if ask["do"] == "sign":
        answer = WebhookSignature.generate_signature_header(ask["body"], ask["secret"], ask["at"])
    else:
        try:
            WebhookSignature.verify_header(ask["body"], ask["header"], ask["secret"], 300)
            answer = True
        except stripe.SignatureVerificationError:
            answer = False
    print(json.dumps(answer), flush=True)

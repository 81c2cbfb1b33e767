# python3 receiver.py (Python 3.9 or newer, nothing to install)
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
SEEN = set()  # in your program: a unique column of your database


def verify(headers, body):
    """True when Mila wrote these bytes within the last five minutes."""
    id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(time.time() - int(timestamp[:12])) > 300:
        return False

    expected = hmac.new(KEY, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    entry = b"v1," + base64.b64encode(expected)
    return any(hmac.compare_digest(given.encode(), entry) for given in headers.get("webhook-signature", "").split(" "))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The bytes as they came: never JSON that was parsed and written again.
        body = self.rfile.read(min(int(self.headers.get("content-length", 0)), 65536))
        if not verify(self.headers, body):
            return self.answer(400)

        id = self.headers["webhook-id"]
        if id not in SEEN:
            SEEN.add(id)
            message = json.loads(body)
            print(message["type"], id, flush=True)  # put it into a queue of yours, and answer at once
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8080))), Receiver).serve_forever()

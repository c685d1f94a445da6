"""A service provider in one file: `python3 app.py <metadata URL of the application in Vestibule>`

It needs Python 3.9 or later, pysaml2, with which it verifies, and the program xmlsec1. On Debian:
apt install python3-pysaml2 xmlsec1; elsewhere: pip install pysaml2, and xmlsec1 from the system's packages.
Its metadata for `vestibule add-application` is in ../metadata/port-3000.xml.
"""
import html
import os
import shutil
import sys
import tempfile
import urllib.parse
import urllib.request
import uuid
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

try:
    from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
    from saml2.client import Saml2Client
    from saml2.config import Config
except ImportError:
    sys.exit("pysaml2 is missing: apt install python3-pysaml2, or pip install pysaml2")
if shutil.which("xmlsec1") is None:
    sys.exit("The program xmlsec1 is missing: apt install xmlsec1, or brew install libxmlsec1")

if len(sys.argv) != 2:
    sys.exit("Usage: python3 app.py <metadataUrl>")
PORT = int(os.environ.get("PORT", "3000"))
BASE = f"http://localhost:{PORT}"


def make_client(metadata_url: str) -> Saml2Client:
    """The identity provider's metadata names its EntityID, its sign-on address and its certificate."""
    with urllib.request.urlopen(metadata_url) as answer:
        metadata = tempfile.NamedTemporaryFile(suffix=".xml", delete=False)
        metadata.write(answer.read())
        metadata.close()
    config = Config().load(
        {
            "entityid": f"{BASE}/metadata",
            "metadata": {"local": [metadata.name]},
            "allow_unknown_attributes": True,
            "service": {
                "sp": {
                    "endpoints": {"assertion_consumer_service": [(f"{BASE}/acs", BINDING_HTTP_POST)]},
                    "want_response_signed": True,
                    "want_assertions_signed": True,
                    "allow_unsolicited": True,
                }
            },
        }
    )
    return Saml2Client(config=config)


CLIENT = make_client(sys.argv[1])
OUTSTANDING: dict[str, str] = {}
SESSIONS: dict[str, tuple[str, dict]] = {}


class ServiceProvider(BaseHTTPRequestHandler):
    def do_GET(self):
        session = SESSIONS.get(getattr(SimpleCookie(self.headers.get("Cookie", "")).get("python-sp"), "value", ""))
        if self.path != "/":
            self.page(404, "<h1>Not found</h1>")
        elif session:
            name, attributes = session
            rows = "".join(f"<li>{html.escape(k)}: {html.escape(', '.join(v))}</li>" for k, v in attributes.items())
            self.page(200, f"<h1>Hello, {html.escape(name)}</h1><ul>{rows}</ul>")
        else:
            request_id, info = CLIENT.prepare_for_authenticate(binding=BINDING_HTTP_REDIRECT)
            OUTSTANDING[request_id] = "/"
            self.send_response(302)
            self.send_header("Location", dict(info["headers"])["Location"])
            self.end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        try:
            message = urllib.parse.parse_qs(body)["SAMLResponse"][0]
            response = CLIENT.parse_authn_request_response(message, BINDING_HTTP_POST, outstanding=OUTSTANDING)
            handle = str(uuid.uuid4())
            SESSIONS[handle] = (response.name_id.text, response.ava)
        except Exception as error:  # pysaml2 raises many types; all of them mean a refused sign-in
            self.page(400, f"<h1>Refused</h1><p>{html.escape(repr(error))}</p>")
            return
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Set-Cookie", f"python-sp={handle}; HttpOnly; Path=/; SameSite=Lax")
        self.end_headers()

    def page(self, status: int, markup: str):
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html>{markup}".encode())

    def log_message(self, *_):
        pass


with ThreadingHTTPServer(("localhost", PORT), ServiceProvider) as server:
    print(f"Service provider on {BASE}", flush=True)
    server.serve_forever()

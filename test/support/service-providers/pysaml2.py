"""A service provider on pysaml2 and xmlsec1, driven by a test: one JSON command per line on stdin, one JSON answer per
line on stdout, in the same order.

  {"do": "version"}                                                        -> {"version"}
  {"do": "open", "sp": NAME, "entityId", "acsUrl", "signing": {"response", "assertion"}, "signsRequests",
   "nameIdFormat", "key": FILE, "certificate": FILE}                                       -> {"metadata": XML}
  {"do": "trust", "sp": NAME, "metadata": XML}                             -> {}
  {"do": "request", "sp": NAME, "binding": "redirect" | "post", "relayState", "wishes": {…}, "requester"}
                                                                           -> {"id", "url"} or {"id", "html"}
  {"do": "validate", "sp": NAME, "samlResponse", "requestId": ID or null}  -> {"nameId", "nameIdFormat", …}

What the library refuses comes back as {"refused": WHY}.
"""

import json
import logging
import sys
import traceback
from importlib.metadata import version

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, ExtensionElement
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.metadata import create_metadata_string
from saml2.saml import AuthnContextClassRef
from saml2.samlp import Extensions, RequesterID, Scoping

# Standard output is for answers only, so the log of the library goes elsewhere.
answers = sys.stdout
sys.stdout = sys.stderr
logging.disable(logging.CRITICAL)

BINDINGS = {"redirect": BINDING_HTTP_REDIRECT, "post": BINDING_HTTP_POST}
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
setups = {}
clients = {}


def configuration(setup, metadata=None):
    settings = {
        "entityid": setup["entityId"],
        "service": {
            "sp": {
                "endpoints": {"assertion_consumer_service": [(setup["acsUrl"], BINDING_HTTP_POST)]},
                "want_response_signed": setup["signing"]["response"],
                "want_assertions_signed": setup["signing"]["assertion"],
                "authn_requests_signed": setup["signsRequests"],
                "allow_unsolicited": setup.get("allowUnsolicited", False),
                # By default this version signs with SHA-1.
                "signing_algorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                "digest_algorithm": "http://www.w3.org/2001/04/xmlenc#sha256",
            }
        },
        "allow_unknown_attributes": True,
        "accepted_time_diff": 0,
        "key_file": setup["key"],
        "cert_file": setup["certificate"],
        "xmlsec_binary": "/usr/bin/xmlsec1",
    }
    if metadata is not None:
        settings["metadata"] = {"inline": [metadata]}
    return SPConfig().load(settings)


def open_service_provider(command):
    setups[command["sp"]] = command
    text = create_metadata_string(None, config=configuration(command))
    return {"metadata": text.decode() if isinstance(text, bytes) else text}


def trust(command):
    setup = setups[command["sp"]]
    # Unsolicited responses are accepted only where a test made no request.
    clients[command["sp"]] = {
        unsolicited: Saml2Client(
            config=configuration({**setup, "allowUnsolicited": unsolicited}, command["metadata"])
        )
        for unsolicited in (False, True)
    }
    return {}


def wished(wishes, requester):
    arguments = {}
    if "forceAuthn" in wishes:
        arguments["force_authn"] = "true"
    if "isPassive" in wishes:
        arguments["is_passive"] = "true"
    if "authnContext" in wishes:
        arguments["requested_authn_context"] = {
            "authn_context_class_ref": [AuthnContextClassRef(text=PASSWORD)],
            "comparison": "exact",
        }
    if "acsIndex" in wishes:
        # The index of the only AssertionConsumerService in its metadata.
        arguments["assertion_consumer_service_index"] = "1"
    if "requesterId" in wishes:
        arguments["scoping"] = Scoping(requester_id=[RequesterID(text=requester)])
    if "extensions" in wishes:
        note = ExtensionElement("Note", namespace="urn:vestibule:tests", text="nothing that we know")
        arguments["extensions"] = Extensions(extension_elements=[note])
    return arguments


def request(command):
    client = clients[command["sp"]][False]
    binding = command["binding"]
    (identity_provider,) = client.metadata.identity_providers()
    request_id, http = client.prepare_for_authenticate(
        entityid=identity_provider,
        relay_state=command["relayState"],
        binding=BINDINGS[binding],
        nameid_format=setups[command["sp"]].get("nameIdFormat"),
        **wished(command["wishes"], command["requester"]),
    )
    if binding == "post":
        data = http["data"]
        return {"id": request_id, "html": data if isinstance(data, str) else "".join(data)}
    return {"id": request_id, "url": dict(http["headers"])["Location"]}


def validate(command):
    asked = command["requestId"]
    client = clients[command["sp"]][asked is None]
    outstanding = {} if asked is None else {asked: "/"}
    response = client.parse_authn_request_response(
        command["samlResponse"], BINDING_HTTP_POST, outstanding=outstanding
    )
    if response is None:
        raise ValueError("pysaml2 found nobody in the response")
    information = response.session_info()
    return {
        "nameId": information["name_id"].text,
        "nameIdFormat": information["name_id"].format,
        "sessionIndex": information["session_index"],
        "inResponseTo": response.in_response_to,
        "attributes": {name: list(values) for name, values in information["ava"].items()},
    }


COMMANDS = {
    "version": lambda command: {"version": version("pysaml2")},
    "open": open_service_provider,
    "trust": trust,
    "request": request,
    "validate": validate,
}

for line in sys.stdin:
    try:
        given = json.loads(line)
        answer = COMMANDS[given["do"]](given)
    except Exception as error:  # a refusal has many types
        where = traceback.extract_tb(error.__traceback__)[-1]
        answer = {"refused": f"{type(error).__name__}: {error} ({where.name}, line {where.lineno})"}
    print(json.dumps(answer), file=answers, flush=True)

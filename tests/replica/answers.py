"""Answers of a server: how one is sent, and in which words Eurostat says that it has no data.

The maintenance page is made up, since no recording of it was found; the others restate recordings.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
START = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True)
class Answer:
    """One answer, and how badly it is sent.

    ``breaks_off`` closes the connection in the midst of the body and ``resets`` tears it down there; ``drip``
    is the number of seconds between two bytes; ``chunked`` sends no length.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks_off: bool = False
    resets: bool = False
    drip: float = 0.0
    chunked: bool = False


def xml(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status, {"Content-Type": "application/xml"})


def json(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status, {"Content-Type": "application/json"})


def fault(code: int, text: str, status: int = 400) -> Answer:
    """A fault as the SDMX services send it."""
    said = text.replace("'", "&apos;")
    return xml(
        f'{START}<S:Fault xmlns:S="{SOAP}"><faultcode>{code}</faultcode>'
        f"<faultstring>{said}</faultstring></S:Fault>",
        status,
    )


def json_fault(code: int, text: str, status: int = 400) -> Answer:
    """A fault as the statistics service sends it."""
    return json(f'{{"error":[{{"status":{status},"id":{code},"label":"{text}"}}]}}', status)


def not_found(code: str) -> Answer:
    return fault(100, f"ERR_NOT_FOUND_4: {code} (DATA_FLOW:ESTAT,*) is not available for dissemination.", 404)


NO_RESULTS = fault(100, "NO_RESULTS: The query did not return any results.")
WRONG_ARITY = fault(140, "INVALID_QUERY_NB_FILTERS: Incorrect number of filters")
NO_ROUTE = Answer(b"<html><title>404 Not Found</title></html>", 404, {"Content-Type": "text/html"})
MAINTENANCE = Answer(
    b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>We are back soon.</body></html>",
    headers={"Content-Type": "text/html"},
)
SORRY = Answer(status=307, headers={"Location": "https://sorry.invalid/eurostat"})


def unknown_values(values: str) -> Answer:
    text = (
        "INVALID_QUERY_DIMENSION_VALUE: Query is invalid as per its structure's definition. "
        f"The following values for dimension are not allowed: {values}."
    )
    return fault(150, text)


def too_big(estimated: int, most: int) -> str:
    return (
        f"EXTRACTION_TOO_BIG: The requested extraction is too big, estimated {estimated} rows, max authorised "
        f"is {most}, please change your filters to reduce the extraction size"
    )


ASYNCHRONOUS = "ASYNCHRONOUS_RESPONSE. Your request will be treated asynchronously. Please try again later."
ASYNCHRONOUS_200 = json(f'{{"warning":{{"status":413,"label":"{ASYNCHRONOUS}"}}}}')
ASYNCHRONOUS_413 = json_fault(413, ASYNCHRONOUS, 413)


def queued(ticket: str) -> Answer:
    """An extraction put into the queue: 200, where data were asked for."""
    return xml(
        f'{START}<env:Envelope xmlns:env="{SOAP}"><env:Header/><env:Body>'
        '<ns0:syncResponse xmlns:ns0="http://estat.ec.europa.eu/disschain/soap/extraction">'
        f"<processingTime>111</processingTime><queued><id>{ticket}</id><status>SUBMITTED</status></queued>"
        "</ns0:syncResponse></env:Body></env:Envelope>"
    )


def queue_status(ticket: str, status: str) -> Answer:
    return xml(
        f'{START} <S:Envelope xmlns:env="{SOAP}" xmlns:S="{SOAP}">\n  <env:Header/>\n  <S:Body>\n'
        '    <ns0:asyncResponse xmlns:ns1="http://estat.ec.europa.eu/disschain/asynchronous" '
        'xmlns:ns0="http://estat.ec.europa.eu/disschain/soap/asynchronous">\n      <ns1:status>\n'
        f"        <ns1:key>{ticket}</ns1:key>\n        <ns1:status>{status}</ns1:status>\n"
        "      </ns1:status>\n    </ns0:asyncResponse>\n  </S:Body>\n</S:Envelope>\n"
    )


NOT_YET = fault(
    100,
    "DATA_NOT_YET_AVAILABLE: Requested data is not yet available for download. Check the status of your "
    "request.",
    200,
)
UNKNOWN_REQUEST = fault(100, "UNKNOWN_REQUEST: Unknown request.", 200)


def table(body: bytes, media_type: str, *, packed: bool) -> Answer:
    """Data; packed as Eurostat does it: the body is gzip, and no Content-Encoding says so."""
    return Answer(gzip.compress(body, 6, mtime=0) if packed else body, headers={"Content-Type": media_type})

"""What a JSON schema can't say of a request that is valid by it: which bytes are a picture, how long is too long."""

import os
import re
from base64 import b64encode
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

import schemathesis
from hypothesis import strategies as st

PICTURES = [path.read_bytes() for path in sorted(Path(os.environ["SCHEMATHESIS_PICTURES"]).iterdir())]
# Long enough for a worker to begin, on a busy machine too.
DURATIONS = ["30000ms", "30s", "1.5m", "24h"]
DURATION = re.compile(r"\d+(\.\d+)?(ms|s|m|h)")

files = st.sampled_from(PICTURES) | st.binary(min_size=1)
schemathesis.openapi.format("binary", files)
for kind in ("png", "jpeg", "webp", "gif"):
    schemathesis.openapi.media_type(f"image/{kind}", files)

# Where a page of the list ended: no other value of `after` is taken.
cursor = None


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Schemathesis 4.32 rewrites prefixItems as draft 7 has them, and then refuses them as draft 2020-12 does."""
    for schema in raw_schema["components"]["schemas"].values():
        replace_prefix_items(schema)


def replace_prefix_items(schema):
    if not isinstance(schema, dict):
        return
    if "prefixItems" in schema:
        schema["items"] = {"anyOf": schema.pop("prefixItems")}
    for value in schema.values():
        replace_prefix_items(value)


@schemathesis.hook
def map_case(context, case):
    # Chosen by the case itself, so that a seed gives the same run.
    number = crc32(repr((case.query, case.body)).encode())
    if DURATION.fullmatch(case.headers.get("Cancel-After", "")):
        case.headers["Cancel-After"] = DURATIONS[number % len(DURATIONS)]
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return case
    if "after" in case.query:
        if cursor:
            case.query["after"] = cursor
        else:
            del case.query["after"]
    if case.media_type == "multipart/form-data":
        # Other fields are at most eight, with names that fit into a header: no schema says that of a form.
        for name in set(case.body) - {"file"}:
            del case.body[name]
    if case.operation.path in ("/predict", "/predictions") and case.media_type == "application/json":
        case.body["image"] = b64encode(PICTURES[number % len(PICTURES)]).decode()
    return case


@schemathesis.hook
def after_call(context, case, response):
    global cursor
    if case.operation.definition.raw.get("operationId") == "listPredictions" and response.status_code == 200:
        following = response.json()["next"]
        if following:
            cursor = parse_qs(urlsplit(following).query)["after"][0]

"""BentoML: worker processes, each of which batches what waits for it.

    WORKERS=2 bentoml serve bentoml_service:Digits
"""

import os

import bentoml
import torch
from PIL.Image import Image

from digit_network import build_network, image_to_tensor, infer, to_response


@bentoml.service(
    workers=int(os.environ["WORKERS"]),
    traffic={"timeout": 60},
    logging={"access": {"enabled": False}},
)
class Digits:
    def __init__(self) -> None:
        self.network = build_network()

    # A request carries one file: BentoML joins the lists of the requests that wait.
    # It refuses a request that would take longer than max_latency_ms.
    @bentoml.api(route="/predict", batchable=True, max_batch_size=32, max_latency_ms=60_000)
    def predict(self, file: list[Image]) -> list[dict]:
        batch = torch.stack([image_to_tensor(image) for image in file])
        return [to_response(probabilities) for probabilities in infer(self.network, batch)]

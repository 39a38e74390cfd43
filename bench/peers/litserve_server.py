"""LitServe: an HTTP process that hands requests to inference workers, which batch what waits.

    python litserve_server.py --port 8000 --workers 2
"""

import argparse

import litserve
import torch
from fastapi import Request

from digit_network import build_network, infer, to_response, to_tensor


class Digits(litserve.LitAPI):
    def setup(self, device: str) -> None:
        self.network = build_network()

    def decode_request(self, request: Request) -> torch.Tensor:
        return to_tensor(request["file"].file.read())

    def batch(self, inputs: list[torch.Tensor]) -> torch.Tensor:
        return torch.stack(inputs)

    def predict(self, batch: torch.Tensor) -> torch.Tensor:
        return infer(self.network, batch)

    def unbatch(self, output: torch.Tensor) -> list[torch.Tensor]:
        return list(output)

    def encode_response(self, output: torch.Tensor) -> dict:
        return to_response(output)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    options = parser.parse_args()
    server = litserve.LitServer(
        Digits(max_batch_size=32, batch_timeout=0),
        accelerator="cpu",
        workers_per_device=options.workers,
        timeout=60,
    )
    server.run(host="127.0.0.1", port=options.port, num_api_servers=1, log_level="warning", generate_client_file=False)

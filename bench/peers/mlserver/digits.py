"""MLServer: an HTTP process that batches adaptively, and inference workers.

    mlserver start peers/mlserver

Its requests and responses are those of the Open Inference Protocol (V2), the image as base64 in JSON.
"""

import torch
from mlserver import MLModel
from mlserver.codecs import Base64Codec, NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse

from digit_network import build_network, infer, to_tensor


class Digits(MLModel):
    async def load(self) -> bool:
        self.network = build_network()
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        images = Base64Codec.decode_input(payload.inputs[0])
        probabilities = infer(self.network, torch.stack([to_tensor(image) for image in images])).numpy()
        confidence = probabilities.max(axis=1, keepdims=True)
        digits = probabilities.argmax(axis=1).reshape(-1, 1)
        outputs = {"predicted_digit": digits, "confidence": confidence, "probabilities": probabilities}
        return InferenceResponse(
            model_name=self.name,
            outputs=[NumpyCodec.encode_output(name, values) for name, values in outputs.items()],
        )

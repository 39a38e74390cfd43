"""FastAPI with PyTorch in the same process: the service that most people write first.

    uvicorn fastapi_app:app --workers N

Both ways of writing the endpoint are here, so that the faster one is measured: inline in the event loop, or as a plain
function in FastAPI's thread pool.
"""

from fastapi import FastAPI, UploadFile

from digit_network import build_network, infer, to_response, to_tensor

app = FastAPI()
network = build_network()


def predict(data: bytes) -> dict:
    return to_response(infer(network, to_tensor(data).unsqueeze(0))[0])


@app.post("/predict")
async def predict_inline(file: UploadFile) -> dict:
    return predict(await file.read())


@app.post("/predict-threaded")
def predict_threaded(file: UploadFile) -> dict:
    return predict(file.file.read())

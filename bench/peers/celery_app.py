"""FastAPI in front of Celery: the endpoint queues a task and waits for its result.

    uvicorn celery_app:app
"""

import base64
import os

from celery import Celery
from fastapi import FastAPI, UploadFile

app = FastAPI()
# By name and without the task's code: an api process does not load the network.
celery = Celery("digits", broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
celery.conf.update(result_expires=3600)


@app.post("/predict")
def predict(file: UploadFile) -> dict:
    image = base64.b64encode(file.file.read()).decode()
    return celery.send_task("predict", args=[image]).get(timeout=60)

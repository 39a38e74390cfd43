"""The usual queue's worker: one task for each image, the image as base64 in its JSON, the result in Redis.

    celery --app celery_tasks worker --concurrency 2
"""

import base64
import os

from celery import Celery
from celery.signals import worker_process_init

from digit_network import build_network, infer, to_response, to_tensor

celery = Celery("digits", broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
celery.conf.update(result_expires=3600, task_acks_late=True, worker_prefetch_multiplier=4)

network = None


@worker_process_init.connect
def load(**_: object) -> None:
    global network
    network = build_network()


@celery.task(name="predict")
def predict(image: str) -> dict:
    return to_response(infer(network, to_tensor(base64.b64decode(image)).unsqueeze(0))[0])

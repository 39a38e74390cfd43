"""The usual queue's worker: one task a picture, the picture as base64 in its JSON, the result in Redis.

    celery --app celery_tasks worker --concurrency 2
"""

import base64
import os

from celery import Celery
from celery.signals import worker_process_init

from digit_network import build_network, infer, to_answer, to_tensor

celery = Celery("digits", broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
celery.conf.update(result_expires=3600, task_acks_late=True, worker_prefetch_multiplier=4)

network = None


@worker_process_init.connect
def load(**_: object) -> None:
    global network
    network = build_network()


@celery.task(name="predict")
def predict(picture: str) -> dict:
    return to_answer(infer(network, to_tensor(base64.b64decode(picture)).unsqueeze(0))[0])

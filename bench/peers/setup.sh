#!/bin/sh
# Makes bench/.venv with what the peers run on, or leaves it as it is when it already holds exactly that.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"

if cmp -s peers/requirements.txt .venv/installed.txt; then
  exit 0
fi
echo "Installing the peers' Python packages into bench/.venv (PyTorch: several GB)"
"$python" -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r peers/requirements.txt
cp peers/requirements.txt .venv/installed.txt

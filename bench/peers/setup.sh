#!/bin/sh
# Creates bench/.venv with the packages of the peers, unless it has exactly these already.
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

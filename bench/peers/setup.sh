#!/bin/sh
# Creates the peers' Python environments, bench/.venv and bench/.venv-mlserver, unless they have exactly these packages already.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"

install() {
  requirements=$1
  venv=$2
  if cmp -s "$requirements" "$venv/installed.txt"; then
    return
  fi
  echo "Installing the packages of $requirements into bench/$venv (PyTorch: several GB)"
  "$python" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$venv/installed.txt"
}

install peers/requirements.txt .venv
install peers/mlserver/requirements.txt .venv-mlserver

#!/usr/bin/env bash
# Renders the examples, trains, exports and measures the shipped network. Skips the steps whose
# results exist: delete data/ to render again, runs/main/ to train again.
#
#   bash models/training/run.sh VERSION [arguments for train.py]
set -euo pipefail
cd "$(dirname "$0")"
version=${1:?usage: run.sh VERSION [arguments for train.py]}

[ -d .venv ] || python3 -m venv .venv
.venv/bin/pip install --quiet -r requirements.txt
(cd ../.. && npx tsc -b models)
dist=../dist

if [ ! -e data/complete ]; then
  .venv/bin/python glyphs.py data/glyphs
  parts=$(nproc)
  renderers=()
  for part in $(seq 0 $((parts - 1))); do
    node "$dist/training/examples/render.js" --out data --part "$part/$parts" &
    renderers+=($!)
  done
  for renderer in "${renderers[@]}"; do wait "$renderer"; done
  touch data/complete
fi
.venv/bin/python train.py --data data --run runs/main "${@:2}"
.venv/bin/python curves.py --run runs/main
.venv/bin/python export.py --data data --run runs/main --out ../mnist-cnn --version "$version"
node "$dist/training/examples/parity.js" ../mnist-cnn data/parity.json
.venv/bin/python parity.py --images data/parity.json --model ../mnist-cnn
.venv/bin/python benchmark.py --model ../mnist-cnn/model.onnx
node "$dist/evaluation/evaluate.js" --publish

#!/usr/bin/env bash
# Three nodes of Elasticsearch: a million listings and the contract on all, then on two
# while one lies killed.
#
#   tests/search/engines/three_nodes.sh PYTHON
#
# Ports, folder and heap of its own, so that the one node of the gate may run beside it.
set -euo pipefail
python=${1:?which Python}
here=$(dirname "$0")
folder=$(mktemp -d)
chmod 755 "$folder"
export ES_PORT=${ES_PORT:-9270} ES_RUN=$folder/nodes ES_HEAP=${ES_HEAP:-512m}
trap '"$here/server.sh" stop; rm -rf "$folder"' EXIT
"$here/server.sh" start 3
nodes=()
for number in 0 1 2; do nodes+=("http://127.0.0.1:$((ES_PORT + number))"); done
ELASTICSEARCH_URL=$(IFS=,; echo "${nodes[*]}")
export ELASTICSEARCH_URL
"$python" tests/benchmarks/elastic.py --documents "${MANY:-1000000}"
"$python" -m pytest -p no:cacheprovider tests/search/engines/test_elasticsearch.py
"$python" -m pytest -p no:cacheprovider tests/search/engines/three_nodes.py

# Whether the broker answers a request (ApiVersions, version 0): `bash healthy.sh HOST:PORT`. A Java tool would cost seconds of a core.
set -euo pipefail
exec 3<> "/dev/tcp/${1%:*}/${1##*:}"
# Size 10, request 18 version 0, correlation id 1, no client id.
printf '\x00\x00\x00\x0a\x00\x12\x00\x00\x00\x00\x00\x01\xff\xff' >&3
# The answer: its size, the correlation id, the error code, then what the broker can do.
answer=$(head -c 10 <&3 | od -An -tx1 | tr -d ' \n')
[ "${answer:8}" = 000000010000 ]

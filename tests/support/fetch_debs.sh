#!/bin/sh
# fetch_debs.sh DIRECTORY PACKAGE...: unpacks Debian packages, with what this machine lacks of what they depend on, into DIRECTORY.
# Nothing is installed, root is not needed, and the machine's own package lists are neither needed nor touched.
set -eu
target=$1
shift
work=$(mktemp -d "$target.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root" "$work/debs/partial" "$work/lists/partial"
cat > "$work/apt.conf" <<CONF
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
APT::Sandbox::User "$(id -un)";
Dir::State "$work"; Dir::State::lists "$work/lists"; Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "$work"; Dir::Cache::archives "$work/debs"; Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";
Acquire::Languages "none"; Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
APT::Keep-Downloaded-Packages "true"; Debug::NoLocking "1";
CONF
apt="apt-get -q -y -c $work/apt.conf"
$apt update
case $1 in
    prometheus) (cd "$work/debs" && $apt download "$@") ;; # what it depends on is for its web pages
    *) $apt install --download-only --reinstall --no-install-recommends "$@" ;;
esac
for deb in "$work"/debs/*.deb; do
    dpkg -x "$deb" "$work/root"
done
# Whole or not at all: another test run may have been quicker.
[ -d "$target" ] || mv -T "$work/root" "$target" 2>/dev/null || [ -d "$target" ]

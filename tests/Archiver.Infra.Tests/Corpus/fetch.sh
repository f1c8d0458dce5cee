#!/usr/bin/env bash
# Fetches the real files of the corpus that come from Debian's packages, without installing any: their contents are unpacked into a folder of
# the cache, whose name is printed. What is there already is left alone.
#
# Needs apt-get and dpkg-deb, and a package index, which is updated where there is none and that may be done.
set -euo pipefail
packages=(libeccodes-data python3-astropy python3-xarray python3-pandas python3-h5py-serial python-matplotlib-data)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/archiver
target=$cache/corpus-1
if [ ! -d "$target" ]; then
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { echo "There is no apt-get or dpkg-deb: this is no Debian." >&2; exit 3; }
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/corpus.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  chmod 755 "$work"
  cd "$work"
  if ! apt-get download -qq "${packages[@]}" >/dev/null 2>&1; then
    apt-get update -qq >&2
    apt-get download -qq "${packages[@]}" >&2
  fi
  mkdir files
  for package in *.deb; do dpkg-deb --extract "$package" files; done
  dpkg-deb --fsys-tarfile python3-h5py-serial_*.deb > files/python3-h5py-serial.tar
  # Whoever else fetches at the same time has the same.
  mv -T files "$target" 2>/dev/null || [ -d "$target" ]
fi
echo "$target"

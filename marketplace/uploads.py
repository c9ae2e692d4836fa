"""Uploads end where they cannot be taken any more: neither memory nor disk fills up."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES_A_FILE = 8 * 1024 * 1024
MOST_BYTES_A_REQUEST = 32 * 1024 * 1024


class CappedUploadHandler(FileUploadHandler):
    """Passes on what a file may hold and a little more, so that forms see it is large.

    A request that announces more than 32 MB is answered at once, unread.
    """

    def handle_raw_input(  # type: ignore[override]
        self,
        input_data: IO[bytes],
        META: Mapping[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        if content_length > MOST_BYTES_A_REQUEST:
            raise RequestDataTooBig

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.taken > MOST_BYTES_A_FILE:
            return None
        self.taken += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None

"""A command without `--state` leaves the store of the person who runs the tests alone."""

from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from edusync.state.open import default_url


def test_store_without_a_name_lies_in_a_folder_of_the_run() -> None:
    home = str(Path.home())
    for found in (default_url(), str(user_data_path("edusync")), str(user_cache_path("edusync"))):
        assert "edusync-home-" in found
        assert not found.startswith(home)

"""Which tests cover which row of the situations from public bug reports, by file and name."""

COVERED: dict[str, tuple[str, ...]] = {
    "B04": ("test_tables.py::test_b04_all_rows_of_a_sheet_that_says_a_wrong_size",),
    "B05": (
        "test_tables.py::test_b05_column_that_stands_twice_is_refused_by_its_name",
        "test_tables.py::test_b05_column_that_nobody_reads_may_stand_twice",
        "test_statements.py::test_b05_two_columns_of_one_name_in_a_statement_are_refused",
        "test_statements.py::test_b05_a_name_twice_is_refused_whatever_letters_the_database_sends",
        "test_every_wire.py::test_cause_and_place_reach_the_event_over_http",
    ),
    "B13": (
        "test_calendars.py::test_calendar_comes_down_or_says_why_not",
        "test_calendars.py::test_b13_events_that_share_a_uid_are_told_apart_or_refused",
        "test_calendars.py::test_b13_ids_depend_neither_on_the_order_nor_on_who_else_is_there",
    ),
    "B14": ("test_calendars.py::test_calendar_comes_down_or_says_why_not",),
    "B15": (
        "test_calendars.py::test_calendar_comes_down_or_says_why_not",
        "test_calendars.py::test_b15_a_series_that_moves_from_a_date_on_keeps_the_ids_of_its_dates",
    ),
    "B16": (
        "test_calendars.py::test_calendar_comes_down_or_says_why_not",
        "test_calendars.py::test_b20_sheet_of_an_event_that_went_bad_stays_and_the_others_come",
    ),
    "B17": (
        "test_calendars.py::test_calendar_comes_down_or_says_why_not",
        "test_calendars.py::test_b17_a_filter_meets_every_line_of_categories",
    ),
    "B18": (
        "test_calendars.py::test_b18_charset_acts_on_a_calendar",
        "test_charsets.py::test_b18_charset_acts_on_every_kind_of_answer",
        "test_charsets.py::test_b18_without_a_charset_other_bytes_are_refused_and_never_replaced",
        "test_tables.py::test_b18_a_letter_that_was_lost_is_never_written",
        "test_every_wire.py::test_b18_a_letter_that_the_erp_lost_itself_is_never_written",
    ),
    "B19": (
        "test_calendars.py::test_calendar_comes_down_or_says_why_not",
        "test_calendars.py::test_b19_a_zone_that_another_calendar_defines_is_not_known",
        "test_every_wire.py::test_b19_a_row_that_names_an_unknown_zone_is_held_and_named",
    ),
    "B20": (
        "test_calendars.py::test_calendar_comes_down_or_says_why_not",
        "test_calendars.py::test_b20_sheet_of_an_event_that_went_bad_stays_and_the_others_come",
        "test_calendars.py::test_b20_a_moved_date_that_went_bad_does_not_come_at_its_old_time",
    ),
    "B21": (
        "test_tables.py::test_b21_what_excel_writes_is_read",
        "test_tables.py::test_b21_what_cannot_be_read_is_named_with_its_line_and_takes_nobody_off",
        "test_tables.py::test_b21_lines_around_a_bad_one_come_down",
    ),
    "B22": (
        "test_tables.py::test_b22_a_cell_that_holds_an_error_is_named_and_changes_nothing",
        "test_tables.py::test_b22_the_visible_sheet_is_read",
        "test_tables.py::test_b22_numbers_are_the_text_that_people_see",
        "test_tables.py::test_b22_the_lock_of_an_open_workbook_is_no_file",
        "test_tables.py::test_b22_a_formula_without_its_result_is_named_and_changes_nothing",
    ),
    "B23": (
        "test_tables.py::test_b23_several_values_in_a_cell_are_a_list",
        "test_formats.py::test_b23_split_without_part_is_a_list",
    ),
    "B28": (
        "test_formats.py::test_b28_edm_time_is_a_time_of_day",
        "test_every_wire.py::test_b28_sessions_whose_times_are_iso_durations_come_down",
        "test_formats.py::test_b28_iso_durations_are_lengths_of_time",
    ),
    "B30": (
        "test_statements.py::test_b30_columns_bear_the_names_of_the_select_list",
        "test_statements.py::test_b30_letters_of_the_select_list_come_back_by_place",
    ),
}

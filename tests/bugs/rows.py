"""Which tests cover which row of the situations from public bug reports, by file and name."""

COVERED: dict[str, tuple[str, ...]] = {
    "B01": (
        "test_pages.py::test_b01_a_lower_limit_of_rows_a_page_loses_none",
        "test_pages.py::test_b01_a_short_page_is_asked_beyond_and_the_list_is_whole",
        "test_pages.py::test_b01_an_erp_that_repeats_its_last_page_is_at_its_end",
    ),
    "B02": (
        "test_pages.py::test_pages_that_go_wrong_take_nothing_away",
        "test_pages.py::test_b02_an_error_in_place_of_rows_makes_the_list_unknown",
        "test_pages.py::test_b02_an_error_is_no_row_whatever_the_shape",
        "test_transport.py::test_b02_a_stated_error_is_no_success_of_a_write",
    ),
    "B03": (
        "test_pages.py::test_pages_that_go_wrong_take_nothing_away",
        "test_pages.py::test_b02_an_error_in_place_of_rows_makes_the_list_unknown",
    ),
    "B04": ("test_tables.py::test_b04_all_rows_of_a_sheet_that_says_a_wrong_size",),
    "B05": (
        "test_tables.py::test_b05_column_that_stands_twice_is_refused_by_its_name",
        "test_tables.py::test_b05_column_that_nobody_reads_may_stand_twice",
        "test_statements.py::test_b05_two_columns_of_one_name_in_a_statement_are_refused",
        "test_statements.py::test_b05_a_name_twice_is_refused_whatever_letters_the_database_sends",
        "test_every_wire.py::test_cause_and_place_reach_the_event_over_http",
    ),
    "B06": (
        "test_zones.py::test_b06_times_are_read_in_the_zone_of_the_school",
        "test_zones.py::test_b06_the_window_has_the_days_of_the_school",
        "test_zones.py::test_b06_what_goes_up_is_in_the_zone_of_the_school",
        "test_zones.py::test_b06_a_zone_that_is_none_is_a_mistake",
        "test_zones.py::test_b06_a_zone_that_changes_moves_no_sheet_of_what_the_erp_has",
    ),
    "B07": (
        "test_separators.py::test_b07_sessions_whose_ids_hold_a_slash_stay_two",
        "test_separators.py::test_b07_part_gives_back_what_went_in",
        "test_separators.py::test_b07_a_pair_of_a_filter_may_hold_a_slash",
    ),
    "B08": ("test_values.py::test_b08_nil_is_null",),
    "B09": (
        "test_values.py::test_b09_an_attribute_does_not_change_a_value",
        "test_values.py::test_b09_an_object_where_a_value_is_due_is_reported_and_held",
        "test_soap.py::test_b09_a_text_with_an_attribute_is_the_text",
    ),
    "B10": (
        "test_values.py::test_b10_whom_no_list_holds_is_named_on_the_sheet",
        "test_values.py::test_b10_explain_says_of_somebody_that_no_list_holds_them",
    ),
    "B11": (
        "test_soap.py::test_b11_elements_that_the_wsdl_does_not_expect_lose_nobody",
        "test_soap.py::test_b11_an_unknown_element_between_rows_loses_no_row",
        "test_soap.py::test_b11_more_than_a_choice_allows_loses_nobody",
    ),
    "B12": (
        "test_values.py::test_b12_numbers_of_any_length_stay_what_they_are",
        "test_values.py::test_b12_a_long_number_goes_up_as_it_came",
        "test_soap.py::test_b12_decimals_beyond_floats_stay_two_ids",
        "test_soap.py::test_b12_a_flag_is_a_number_and_a_text",
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
    "B24": (
        "test_pages.py::test_b24_a_cursor_that_names_itself_beside_no_rows_is_the_end",
        "test_pages.py::test_b24_a_cursor_that_comes_twice_is_followed_once",
        "test_pages.py::test_b24_a_few_pages_without_rows_end_the_reading",
    ),
    "B25": (
        "test_pages.py::test_b25_the_next_page_is_found_however_the_erp_writes_its_address",
        "test_pages.py::test_b25_a_strange_host_is_never_asked",
    ),
    "B26": (
        "test_transport.py::test_b26_an_answer_of_another_kind_is_held",
        "test_transport.py::test_b26_a_page_under_200_leaves_a_write_in_doubt",
        "test_soap.py::test_b26_what_is_no_soap_is_held_on_the_way_down",
        "test_soap.py::test_b26_what_is_no_soap_leaves_a_write_in_doubt",
        "test_soap.py::test_b26_what_is_no_wsdl_is_held",
    ),
    "B27": (
        "test_values.py::test_b27_json_is_read_in_the_charset_that_it_is_in",
        "test_values.py::test_b27_the_charset_of_the_spec_wins",
        "test_soap.py::test_b27_a_byte_order_mark_or_a_long_comment_comes_before_an_envelope",
    ),
    "B28": (
        "test_formats.py::test_b28_edm_time_is_a_time_of_day",
        "test_every_wire.py::test_b28_sessions_whose_times_are_iso_durations_come_down",
        "test_formats.py::test_b28_iso_durations_are_lengths_of_time",
    ),
    "B29": (
        "test_soap.py::test_b29_a_sign_in_by_soap_is_read_and_goes_with_every_call",
        "test_soap.py::test_b29_a_cookie_of_a_sign_in_by_soap_goes_along",
    ),
    "B30": (
        "test_statements.py::test_b30_columns_bear_the_names_of_the_select_list",
        "test_statements.py::test_b30_letters_of_the_select_list_come_back_by_place",
    ),
}

"""Which test covers which row of the situations from public bug reports that came over HTTP or SOAP."""

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
        "test_soap.py::test_b11_what_cannot_be_put_in_order_is_held",
    ),
    "B12": (
        "test_values.py::test_b12_numbers_of_any_length_stay_what_they_are",
        "test_values.py::test_b12_a_long_number_goes_up_as_it_came",
        "test_soap.py::test_b12_decimals_beyond_floats_stay_two_ids",
        "test_soap.py::test_b12_a_flag_is_a_number_and_a_text",
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
    "B29": (
        "test_soap.py::test_b29_a_sign_in_by_soap_is_read_and_goes_with_every_call",
        "test_soap.py::test_b29_a_cookie_of_a_sign_in_by_soap_goes_along",
    ),
}

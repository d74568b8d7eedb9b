package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "TEXT/CSV",
                "text/*",
                "text/csv, */*",
                "text/csv, application/*",
                "text/csv;q=0.8, application/json;q=0.7",
                "application/json;q=0.799,text/csv;q=0.8",
                "text/csv; charset=utf-8; header=present",
                "text/csv;charset=\"UTF-8\";q=0.1",
                "text/csv;header=absent;q=1, text/csv;q=0.5, application/json;q=0.4",
                "application/json;q=0, */*",
                "text/csv;q=0.001",
                " text/csv ; q=1.000 , text/html",
            })
    void findsThatCsvFitsBetter(String header) {
        assertThat(Accept.prefersCsv(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/json",
                "application/json, text/csv",
                "text/csv, application/json",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "application/json, text/plain, */*",
                "text/csv;q=0",
                "text/csv;q=0, */*",
                "text/*;q=0, */*;q=0.1",
                // The most exact range counts, not the kindest.
                "text/*, text/csv;q=0.1, application/json;q=0.2",
                "text/csv;header=absent",
                "text/csv;charset=utf-16",
                "text/csv;charset=utf",
                "text/csv;header=pres",
                "text/csv;header",
                "text/csv;text/csv",
                "text/csv;q=2",
                "text/csv;q=much",
                "text/csv;q=0.0001",
                "text/csvs",
                "image/png",
                "csv",
                ";q=1",
            })
    void staysWithJson(String header) {
        assertThat(Accept.prefersCsv(header)).isFalse();
    }
}

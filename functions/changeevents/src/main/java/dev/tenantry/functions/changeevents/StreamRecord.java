package dev.tenantry.functions.changeevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.events.Records;
import dev.tenantry.storage.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// A change to a row, as the table's stream tells of it (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon
/// DynamoDB").
///
/// @param sequenceNumber what the answer calls it by
/// @param newRow         the row that came into being; empty if the record tells of something else
record StreamRecord(String sequenceNumber, Row newRow) {

    private static final Row NONE = Row.with().row();

    /// The records of an event.
    ///
    /// @throws MalformedEvent if it is no event of a stream
    static List<StreamRecord> readAll(InputStream in) throws IOException {
        return Records.readAll(in, "DynamoDB stream records", StreamRecord::read);
    }

    private static StreamRecord read(JsonParser json, String place) throws IOException {
        boolean isInsert = false;
        String sequenceNumber = "";
        Row image = NONE;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("eventName")) {
                isInsert = json.getText().equals("INSERT");
            } else if (name.equals("dynamodb") && value == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String part = json.currentName();
                    JsonToken content = json.nextToken();
                    if (part.equals("SequenceNumber")) {
                        sequenceNumber = json.getText();
                    } else if (part.equals("NewImage") && content == JsonToken.START_OBJECT) {
                        image = row(json);
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        if (sequenceNumber.isEmpty()) {
            throw new MalformedEvent(place + "/dynamodb/SequenceNumber", "is required");
        }
        return new StreamRecord(sequenceNumber, isInsert ? image : NONE);
    }

    /// Text, whole numbers and lists of rows. Whatever else an attribute holds is left out: no change event tells
    /// of it, and a row that lacks what it should have is noticed by who reads it.
    private static Row row(JsonParser json) throws IOException {
        Row.Builder row = Row.with();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String type = json.currentName();
                JsonToken value = json.nextToken();
                if (type.equals("S") && value == JsonToken.VALUE_STRING) {
                    row.text(name, json.getText());
                } else if (type.equals("N") && value == JsonToken.VALUE_STRING && isWhole(json.getText())) {
                    row.number(name, Long.parseLong(json.getText()));
                } else if (type.equals("L") && value == JsonToken.START_ARRAY) {
                    row.rows(name, rows(json));
                } else {
                    json.skipChildren();
                }
            }
        }
        return row.row();
    }

    private static List<Row> rows(JsonParser json) throws IOException {
        List<Row> rows = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Row nested = NONE;
            if (json.currentToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean isMap = json.currentName().equals("M");
                    if (json.nextToken() == JsonToken.START_OBJECT && isMap) {
                        nested = row(json);
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
            rows.add(nested);
        }
        return rows;
    }

    private static boolean isWhole(String number) {
        return number.matches("-?[0-9]{1,18}");
    }
}

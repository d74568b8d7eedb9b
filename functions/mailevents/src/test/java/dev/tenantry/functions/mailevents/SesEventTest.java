package dev.tenantry.functions.mailevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.events.MalformedEvent;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.MailedInvite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesEventTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private static final String MAIL =
            "\"mail\":{\"destination\":[\"bob@example.com\"],\"headers\":[{\"name\":\"To\"}],\"tags\":{"
                    + "\"ses:configuration-set\":[\"any\"],\"tenant\":[\"acme\"],\"invite\":[\"7\"],\"mail\":[\""
                    + DIGEST + "\"]}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "eventType":"Bounce","bounce":{"bouncedRecipients":[{"x":1}],"bounceType":"Permanent"} | true
            "bounce":{"bounceSubType":"OnAccountSuppressionList","bounceType":"Permanent"},"eventType":"Bounce" | true
            "eventType":"Complaint","complaint":{"complaintFeedbackType":"abuse"} | true
            "eventType":"Complaint","complaint":{} | true
            "eventType":"Reject","reject":{"reason":"Bad content"} | true
            "eventType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"MailboxFull"} | false
            "eventType":"Bounce","bounce":{"bounceType":"Undetermined"} | false
            "eventType":"Bounce","bounce":{"bounceType":{"Permanent":[]}} | false
            "eventType":"Bounce","bounce":[{"bounceType":"Permanent"}] | false
            "eventType":"Bounce" | false
            "eventType":"Complaint","complaint":{"complaintFeedbackType":"not-spam"} | false
            "eventType":"Delivery","bounce":{"bounceType":"Permanent"} | false
            "eventType":"Send" | false
            """)
    void tellsWhatIsFinal(String fields, boolean isFinal) throws IOException {
        SesEvent event = read("{" + fields + "," + MAIL + "}");

        assertThat(event.isFinal()).isEqualTo(isFinal);
        MailedInvite mail = new MailedInvite(new DomainPrefix("acme"), 7, DIGEST);
        assertThat(event.lost().filter(mail::equals).isPresent()).isEqualTo(isFinal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tags\":{}}",
                "{\"tags\":[\"tenant\",\"acme\"]}",
                "{\"tags\":{\"tenant\":\"acme\",\"invite\":\"7\",\"mail\":\"" + DIGEST_TEXT + "\"}}",
                "{\"tags\":{\"tenant\":[\"acme\",\"other\"],\"invite\":[\"7\"],\"mail\":[\"" + DIGEST_TEXT + "\"]}}",
                "{\"tags\":{\"tenant\":[[\"acme\"]],\"invite\":[\"7\"],\"mail\":[\"" + DIGEST_TEXT + "\"]}}",
                "[]",
                "null"
            })
    void knowsNoMailOfOursWithoutOurTags(String mail) throws IOException {
        SesEvent event =
                read("{\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\"},\"mail\":" + mail + "}");

        assertThat(event.isFinal()).isTrue();
        assertThat(event.lost()).isEmpty();
    }

    /// An annotation takes constants only.
    private static final String DIGEST_TEXT = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "7",
                "{}",
                "{\"eventType\":null}",
                "{\"eventType\":{\"a\":1}}",
                "{\"notificationType\":\"Bounce\"}",
                "{\"eventType\":\"Bounce\"",
                "{\"eventType\":\"Bounce\"} and more"
            })
    void refusesWhatIsNoEvent(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedEvent.class)
                .hasMessage("/Records/0/Sns/Message must be an event of Amazon SES");
    }

    @Test
    void knowsTheSentenceThatANewTopicIsGreetedWith() {
        assertThat(new SnsMessage("", "Successfully validated SNS topic for Amazon SES event publishing.").isNotice())
                .isTrue();
        assertThat(new SnsMessage("", "{\"eventType\":\"Bounce\"}").isNotice()).isFalse();
    }

    @Test
    void readsEachMessageOfATopic() throws IOException {
        assertThat(messages("""
                {"Records": [{"EventSource": "aws:sns", "Sns": {"MessageAttributes": {"a": {"Value": "b"}}, "Message": "one"}},
                  {"Sns": {"Message": "two", "Subject": null}}], "other": [1]}
                """))
                .containsExactly(
                        new SnsMessage("/Records/0/Sns/Message", "one"),
                        new SnsMessage("/Records/1/Sns/Message", "two"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no json | the event must be JSON
            {} | /Records must be an array of SNS messages
            {"Records": {}} | /Records must be an array of SNS messages
            {"Records": [7]} | /Records must be an array of SNS messages
            {"Records": [{"body": "a queue's"}]} | /Records/0/Sns/Message is required
            {"Records": [{"Sns": {"Message": {"a": 1}}}]} | /Records/0/Sns/Message is required
            """)
    void refusesWhatNoTopicSends(String event, String message) {
        assertThatThrownBy(() -> messages(event))
                .isInstanceOf(MalformedEvent.class)
                .hasMessage(message);
    }

    private static List<SnsMessage> messages(String event) throws IOException {
        return SnsMessage.readAll(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
    }

    private static SesEvent read(String text) throws IOException {
        return SesEvent.read(new SnsMessage("/Records/0/Sns/Message", text));
    }
}

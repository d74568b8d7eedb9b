package dev.tenantry.local.aws.template;

import java.util.List;

/// Where SES tells of what becomes of mails that are sent with a configuration set.
///
/// @param configurationSet its logical id
/// @param events           kinds of events, such as `bounce`
/// @param topic            logical id of the topic that is told
public record MailDestination(String configurationSet, List<String> events, String topic) {

    public MailDestination {
        events = List.copyOf(events);
    }
}

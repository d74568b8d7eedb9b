package dev.tenantry.functions.mailevents;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.MailedInvite;
import dev.tenantry.invites.MarkBounced;
import dev.tenantry.invites.MarkBounced.Outcome;
import dev.tenantry.refusal.Refusal.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Lambda function that Amazon SES tells, through a topic, of mails that came back and of receivers who complained
/// (docs/adr/0039). It marks the invite that the mail was about. It is invoked asynchronously: what fails is tried
/// again by Lambda, and then put into a queue (`template.yaml`). Nobody reads the answer but who invokes it by hand.
public final class MailEventsHandler extends EventFunction {

    private final MarkBounced mark;

    public MailEventsHandler() {
        this(Settings.fromEnvironment());
    }

    public MailEventsHandler(Settings settings) {
        this(DaggerMailEventsComponent.factory().create(settings));
    }

    private MailEventsHandler(MailEventsComponent component) {
        super(component.context());
        this.mark = component.mark();
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        entry.kind("mail");
        List<Optional<MailedInvite>> mails = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (SnsMessage message : SnsMessage.readAll(in)) {
            try {
                mails.add(
                        message.isNotice()
                                ? Optional.empty()
                                : SesEvent.read(message).lost());
            } catch (MalformedEvent e) {
                // The others are none the worse for it.
                faults.addAll(e.faults());
            }
        }
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        int ignored = 0;
        for (Optional<MailedInvite> mail : mails) {
            if (mail.isPresent()) {
                entry.tenant(mail.get().tenant());
                outcomes.merge(make(entry, () -> mark.run(mail.get(), requestId)), 1, Integer::sum);
            } else {
                ignored++;
            }
        }
        int marked = outcomes.getOrDefault(Outcome.MARKED, 0);
        int repeated = outcomes.getOrDefault(Outcome.REPEATED, 0);
        int passed = outcomes.getOrDefault(Outcome.PASSED, 0);
        entry.count("invitesBounced", marked);
        entry.count("mailEventsRepeated", repeated);
        entry.count("mailEventsPassed", passed);
        entry.count("mailEventsIgnored", ignored);
        if (!faults.isEmpty()) {
            throw new MalformedEvent(faults);
        }
        out.writeStartObject();
        out.writeNumberField("marked", marked);
        out.writeNumberField("repeated", repeated);
        out.writeNumberField("passed", passed);
        out.writeNumberField("ignored", ignored);
        out.writeEndObject();
    }

    /// A mail of nobody's that came back: of the invite in `priming.json`, whose token is made of zeros.
    @Override
    public List<String> primingEvents() {
        String event = """
                {\\"eventType\\":\\"Bounce\\",\\"bounce\\":{\\"bounceType\\":\\"Permanent\\"},\\"mail\\":{\\"tags\\":{\
                \\"tenant\\":[\\"%s\\"],\\"invite\\":[\\"1\\"],\
                \\"mail\\":[\\"0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a\\"]}}}""".formatted(DomainPrefix.NOBODYS);
        return List.of("{\"Records\":[{\"Sns\":{\"Message\":\"" + event + "\"}}]}");
    }
}

package dev.tenantry.mail;

import dagger.Lazy;
import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.util.List;
import javax.inject.Inject;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageTag;

/// Sends mail through Amazon SES (API v2), which makes a multipart/alternative message of the two forms and encodes the
/// subject (RFC 2047). What becomes of it, SES tells where the configuration set says.
public final class SesMailer implements Mailer {

    private static final String CHARSET = "UTF-8";

    private final Lazy<SesV2Client> ses;
    private final Settings settings;

    @Inject
    SesMailer(Lazy<SesV2Client> ses, Settings settings) {
        this.ses = ses;
        this.settings = settings;
    }

    @Override
    public void send(Mail mail) {
        Settings.Invites invites = settings.invites();
        List<MessageTag> tags = mail.tags().entrySet().stream()
                .map(tag -> MessageTag.builder()
                        .name(tag.getKey())
                        .value(tag.getValue())
                        .build())
                .toList();
        try {
            ses.get()
                    .sendEmail(send -> send.fromEmailAddress(invites.sender())
                            .configurationSetName(invites.configurationSet().orElse(null))
                            .emailTags(tags)
                            .destination(destination -> destination.toAddresses(mail.to()))
                            .content(content -> content.simple(message -> message.subject(part(mail.subject()))
                                    .body(body -> body.text(part(mail.text())).html(part(mail.html()))))));
        } catch (SdkException e) {
            throw new UpstreamUnavailable("mail service", reason(e));
        }
    }

    @Override
    public void prepare() {
        ses.get();
    }

    private static Content part(String data) {
        return Content.builder().charset(CHARSET).data(data).build();
    }

    /// Codes only: the messages of SES name the receiver.
    private static String reason(SdkException failure) {
        if (failure instanceof AwsServiceException refused) {
            return "SES: " + refused.statusCode()
                    + (refused.awsErrorDetails() == null
                            ? ""
                            : " " + refused.awsErrorDetails().errorCode());
        }
        return "SES: " + failure.getClass().getSimpleName();
    }
}

package dev.tenantry.local.fleet;

import dev.tenantry.local.broker.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// How a fleet fared.
///
/// @param errors   what came to no answer
/// @param refusals how many were refused, by reason
/// @param asked    reasons that were to be expected
record Verdict(int errors, Map<String, Integer> refusals, Set<String> asked) {

    /// The outcome of what came to no answer.
    static final String ERROR = "error";

    private static final String ACCEPTED = "accepted";
    private static final String REGISTERED = "registered";
    private static final Set<String> ACCEPTANCES = Set.of(ACCEPTED, REGISTERED);
    private static final String SENT = "sent";
    private static final String FULL = "provisioning_full";
    private static final String BLOCKED = "charger_blocked";
    private static final String BAD_CREDENTIALS = "bad_credentials";
    private static final Set<String> WRONG = Set.of(BAD_CREDENTIALS, "too_many_attempts");

    static Verdict of(FleetOptions options, List<Phase> phases) {
        int errors = 0;
        Map<String, Integer> refusals = new TreeMap<>();
        for (Phase phase : phases) {
            for (Map.Entry<String, Integer> outcome : phase.outcomes().entrySet()) {
                if (outcome.getKey().equals(ERROR)) {
                    errors += outcome.getValue();
                } else if (!isAcceptance(outcome.getKey()) && !outcome.getKey().equals(SENT)) {
                    refusals.merge(outcome.getKey(), outcome.getValue(), Integer::sum);
                }
            }
        }
        Set<String> asked = new HashSet<>();
        if (options.wantFullWindow()) {
            asked.add(FULL);
        }
        if (options.wrongPasswords() > 0) {
            asked.addAll(WRONG);
        }
        if (options.blocked() > 0) {
            asked.add(BLOCKED);
        }
        return new Verdict(errors, refusals, Set.copyOf(asked));
    }

    /// What became of a charger: `accepted`, `registered`, a reason against it, or `error`.
    static String outcome(Answer answer) {
        if (answer.error().isPresent()) {
            return ERROR;
        }
        if (answer.accepted()) {
            return answer.registered() ? REGISTERED : ACCEPTED;
        }
        return answer.reason().orElse(ERROR);
    }

    /// Whether what became of a charger is that it is in.
    private static boolean isAcceptance(String outcome) {
        return ACCEPTANCES.contains(outcome);
    }

    boolean isGood() {
        return errors == 0 && asked.containsAll(refusals.keySet());
    }

    /// What to do about passwords that nobody meant to be wrong.
    Optional<String> advice(FleetOptions options) {
        if (asked.contains(BAD_CREDENTIALS) || !refusals.containsKey(BAD_CREDENTIALS)) {
            return Optional.empty();
        }
        return Optional.of((options.passwordHex().isEmpty() ? "They sent no password." : "They sent another password.")
                + " Say with --password, or --password-hex, what their profile has.");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(errors == 0 ? "No errors." : "Errors: " + errors + ".");
        refusals.forEach(
                (reason, count) -> text.append(asked.contains(reason) ? " Refused as expected: " : " Refused: ")
                        .append(reason)
                        .append(' ')
                        .append(count)
                        .append('.'));
        return text.toString();
    }
}

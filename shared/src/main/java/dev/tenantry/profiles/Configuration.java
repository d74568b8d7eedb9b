package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.OneLine;
import java.text.Normalizer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// OCPP configuration for the chargers of a profile: at most 100 keys of 1..50 characters, each with a value of at most
/// 500 (OCPP 1.6 §9.3, `CiString50Type` and `CiString500Type`; characters are Unicode code points). Keys are in
/// alphabetical order, and no two of them differ in case alone: OCPP compares them without.
public final class Configuration {

    public static final Configuration NONE = new Configuration(new TreeMap<>());

    /// What keys that hold a charger's password are called, in OCPP 1.6 and 2.0.1: letters alone, in lower case.
    private static final Set<String> SECRETS = Set.of("authorizationkey", "basicauthpassword");

    public static final int MAX_KEYS = 100;
    private static final int MAX_KEY_LENGTH = 50;
    private static final int MAX_VALUE_LENGTH = 500;

    private final Map<String, String> values;

    private Configuration(TreeMap<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /// @throws InvalidValue if it breaks the rule above
    public static Configuration of(Map<String, String> values) {
        if (values.size() > MAX_KEYS) {
            throw new InvalidValue("must have at most 100 keys, not " + values.size());
        }
        values.forEach(Configuration::checkEntry);
        Map<String, String> seen = new HashMap<>();
        for (String key : values.keySet()) {
            String other = seen.put(key.toLowerCase(Locale.ROOT), key);
            if (other != null) {
                throw new InvalidValue(
                        "must not have both " + other + " and " + key + ": chargers ignore case, so they are one key");
            }
        }
        return new Configuration(new TreeMap<>(values));
    }

    /// One key with its value, whatever the others are.
    ///
    /// @throws InvalidValue if it breaks the rule above
    public static void checkEntry(String key, String value) {
        int keyLength = OneLine.length(key);
        if (keyLength < 1 || keyLength > MAX_KEY_LENGTH || !key.strip().equals(key) || !OneLine.is(key)) {
            throw new InvalidValue("must be a key of 1 to 50 characters on one line, without space around them");
        }
        if (isSecret(key)) {
            throw new InvalidValue("is a secret, and everybody in the tenant can read this; set password instead");
        }
        if (OneLine.length(value) > MAX_VALUE_LENGTH) {
            throw new InvalidValue("must have at most 500 characters");
        }
        if (!OneLine.is(value)) {
            throw new InvalidValue("must be one line without control characters or unpaired surrogates");
        }
    }

    /// Whether a key is the name of a charger's password, however it is spelt. OCPP 2.0.1 has a variable in a
    /// component, each of them perhaps with an instance, and everybody writes that down in a way of their own
    /// (`SecurityCtrlr.BasicAuthPassword`, `SecurityCtrlr/BasicAuthPassword#1`); and what is copied from a page
    /// brings characters along that nobody sees. So of the key only what is a letter or a digit of ASCII counts,
    /// after compatibility characters became what they stand for (Unicode Standard Annex #15).
    private static boolean isSecret(String key) {
        StringBuilder said = new StringBuilder();
        String plain = Normalizer.normalize(key, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                said.append(c);
            }
        }
        for (String secret : SECRETS) {
            if (said.indexOf(secret) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// The configuration that the table holds.
    static Configuration stored(Map<String, Object> values) {
        TreeMap<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, (String) value));
        return new Configuration(texts);
    }

    /// Values by key, in the keys' order.
    public Map<String, String> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration configuration && configuration.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /// The keys alone: some chargers take secrets as configuration.
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}

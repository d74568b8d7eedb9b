package dev.tenantry.identity;

import java.util.Locale;

/// Whom an e-mail address stands for. Addresses that differ only in case, or in the space around them, are one
/// person's; nothing else is folded, because only the receiving provider knows what else it takes for the same.
///
/// @param digest stands for the address, so that no key and no log shows whose it is
public record EmailIdentity(String digest) {

    public static EmailIdentity of(String address) {
        return new EmailIdentity(Digest.of(address.strip().toLowerCase(Locale.ROOT)));
    }
}

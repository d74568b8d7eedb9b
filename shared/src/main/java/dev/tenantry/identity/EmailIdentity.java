package dev.tenantry.identity;

/// Whom an e-mail address stands for. Addresses that differ only in the case of ASCII letters, in the space around
/// them, or in how an internationalised domain is written (`bücher.example`, `xn--bcher-kva.example`) are one person's.
/// Nothing else is folded, because only the receiving provider knows what else it takes for the same: a Kelvin sign is
/// no k.
///
/// @param digest stands for the address, so that no key and no log shows whose it is
public record EmailIdentity(String digest) {

    public static EmailIdentity of(String address) {
        return new EmailIdentity(Digest.of(compared(address.strip())));
    }

    /// The one form in which addresses are compared.
    static String compared(String address) {
        int at = address.lastIndexOf('@');
        return AsciiCase.lower(address.substring(0, at + 1)) + ALabels.of(address.substring(at + 1));
    }
}

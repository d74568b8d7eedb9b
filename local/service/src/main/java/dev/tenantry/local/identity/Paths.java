package dev.tenantry.local.identity;

import java.util.List;

/// Where an OpenID provider answers, below its issuer.
final class Paths {

    static final String METADATA = "/.well-known/openid-configuration";
    static final String KEYS = "/jwks";
    static final String AUTHORIZE = "/authorize";
    static final String TOKEN = "/token";
    static final String USER_INFO = "/userinfo";
    static final String SIGN_OUT = "/signout";

    static final List<String> ALL = List.of(METADATA, KEYS, AUTHORIZE, TOKEN, USER_INFO, SIGN_OUT);

    private Paths() {}
}

package dev.tenantry.wiring;

import dagger.Binds;
import dagger.Module;
import dev.tenantry.dns.NameServers;
import dev.tenantry.dns.TxtRecords;

/// What the proof of a custom domain needs from outside.
@Module
public abstract class DnsModule {

    private DnsModule() {}

    @Binds
    abstract TxtRecords txtRecords(NameServers servers);
}

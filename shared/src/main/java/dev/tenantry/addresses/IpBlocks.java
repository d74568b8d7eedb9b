package dev.tenantry.addresses;

import java.util.ArrayList;
import java.util.List;

/// Blocks that an address is held against.
public final class IpBlocks {

    private final List<IpBlock> blocks;

    private IpBlocks(List<IpBlock> blocks) {
        this.blocks = blocks;
    }

    /// The blocks that the code itself names.
    ///
    /// @param blocks in canonical form
    public static IpBlocks of(String... blocks) {
        List<IpBlock> all = new ArrayList<>();
        for (String block : blocks) {
            all.add(IpBlock.stored(block));
        }
        return new IpBlocks(List.copyOf(all));
    }

    /// Whether one of them holds the address; an IPv4 address mapped into IPv6 counts as the IPv4 address. What is
    /// no address is in none.
    public boolean hold(String ip) {
        return IpNotation.isWithin(ip, blocks);
    }
}

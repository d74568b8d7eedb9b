package dev.tenantry.billing;

/// Something that can be subscribed to here.
///
/// @param id its number in this API
public record NumberedOffer(int id, Offer offer) {}

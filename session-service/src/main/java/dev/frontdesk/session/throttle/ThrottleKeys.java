package dev.frontdesk.session.throttle;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.values.Sha256;
import dev.frontdesk.session.devices.DeviceToken;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Redis keys of a tenant's failed logins and known devices: all in one slot, because one login is counted in several
 * keys.
 */
final class ThrottleKeys {

    private static final String FAILURES = "login-failures";

    private final KeySpace keys;

    ThrottleKeys(KeySpace keys) {
        this.keys = keys;
    }

    /** In the order in which all scripts of the throttle read them. */
    List<String> of(TenantId tenant, LoginName name, ClientRange range, @Nullable DeviceToken device, UUID attempt) {
        return List.of(
                failuresOfName(tenant, name),
                failuresOfRange(tenant, range),
                failuresOf(tenant, "tenant"),
                failuresOfDevice(tenant, name, device),
                devicesOf(tenant, name),
                keys.key(tenant, "login-attempt", partitionOf(tenant), attempt.toString()));
    }

    String failuresOfName(TenantId tenant, LoginName name) {
        return failuresOf(tenant, "name." + name.hash());
    }

    String failuresOfRange(TenantId tenant, ClientRange range) {
        return failuresOf(tenant, "range." + Sha256.hex(range.value()));
    }

    /** A device is known, and counted, for one name; without a device this is a key that is never written. */
    String failuresOfDevice(TenantId tenant, LoginName name, @Nullable DeviceToken device) {
        return failuresOf(tenant, "device." + name.hash() + "." + (device == null ? "none" : device.hash()));
    }

    /** Prefix of the keys of all its devices; the hash of a device's token follows. */
    String failuresOfDevices(TenantId tenant, LoginName name) {
        return failuresOf(tenant, "device." + name.hash() + ".");
    }

    String devicesOf(TenantId tenant, LoginName name) {
        return keys.key(tenant, "login-devices", partitionOf(tenant), name.hash());
    }

    private String failuresOf(TenantId tenant, String whose) {
        return keys.key(tenant, FAILURES, partitionOf(tenant), whose);
    }

    private static Partition partitionOf(TenantId tenant) {
        return Partition.of(tenant);
    }
}

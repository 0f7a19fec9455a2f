package dev.frontdesk.testsupport.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static java.util.Locale.ROOT;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;

/** Calls and method references that are forbidden in main code. */
final class Calls {

    static final DescribedPredicate<AccessTarget> BLOCK_THE_THREAD =
            describe("blocks the thread", call -> isBlock(call) || isPullFromReactor(call) || isSleep(call));

    static final DescribedPredicate<AccessTarget> WALK_OR_EMPTY_REDIS =
            describe("walks or empties the whole Redis", call -> isOfARedisClient(call) && meansEveryKey(call));

    private Calls() {}

    /** A method named block of our own, say of an account, does not wait: only the methods of libraries count. */
    private static boolean isBlock(AccessTarget call) {
        return call.getName().startsWith("block") && !isOwnedBy("dev.frontdesk.", call);
    }

    private static boolean isPullFromReactor(AccessTarget call) {
        return isOwnedBy("reactor.", call)
                && (call.getName().equals("toIterable") || call.getName().equals("toStream"));
    }

    private static boolean isSleep(AccessTarget call) {
        return isOwnedBy("java.", call) && call.getName().equals("sleep");
    }

    private static boolean isOfARedisClient(AccessTarget call) {
        return isOwnedBy("org.springframework.data.redis.", call) || isOwnedBy("io.lettuce.core.", call);
    }

    /** The keys of one hash (HKEYS) are not meant. */
    private static boolean meansEveryKey(AccessTarget call) {
        var name = call.getName().toLowerCase(ROOT);
        return name.startsWith("flushall")
                || name.startsWith("flushdb")
                || (name.startsWith("keys") && !call.getOwner().getSimpleName().contains("Hash"));
    }

    private static boolean isOwnedBy(String packagePrefix, AccessTarget call) {
        return call.getOwner().getName().startsWith(packagePrefix);
    }
}

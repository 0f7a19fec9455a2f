package dev.frontdesk.loadtests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResourceTest {

    @Test
    void growsByMoreThanAShareAndMoreThanNoise() {
        assertThat(Resource.RESIDENT.grows(300, 330)).isTrue();
        assertThat(Resource.RESIDENT.grows(100, 110)).as("few megabytes").isFalse();
        assertThat(Resource.RESIDENT.grows(1000, 1040)).as("a small share").isFalse();
        assertThat(Resource.THREADS.grows(50, 40)).as("less").isFalse();
    }

    @Test
    void doesNotGrowIfItIsUnknown() {
        assertThat(Resource.HEAP.grows(Double.NaN, 100)).isFalse();
    }
}

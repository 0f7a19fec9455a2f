package dev.frontdesk.testsupport.architecture.wrong.circle.orders;

import dev.frontdesk.testsupport.architecture.wrong.circle.payments.Payment;

public record Order(Payment payment) {}

package dev.frontdesk.notification.realtime;

import dev.frontdesk.notification.notifications.Frame;

/** A signal from an account's channel to a socket. */
sealed interface ChannelSignal {

    /** From now on no frame is missed; earlier frames must be read from the history. Repeated after a reconnect. */
    record Subscribed() implements ChannelSignal {}

    record Live(Frame frame) implements ChannelSignal {}
}

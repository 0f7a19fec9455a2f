package dev.frontdesk.testsupport.architecture.wrong.printing;

class Prints {

    void out() {
        System.out.println("hello");
    }

    void err() {
        System.err.println("hello");
    }

    void trace(Exception fault) {
        fault.printStackTrace();
    }
}

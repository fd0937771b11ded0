"use strict";
// A number that is asked for before a figure is moved: says at once whether it is the right one.
document.addEventListener("submit", event => {
    event.preventDefault();
    const { dataset, elements: [input] } = event.target, said = event.target.querySelector("[role=status]");
    const off = Number(input.value.trim().replace(",", ".").replace("−", "-") || NaN) - dataset.answer;
    if (Number.isNaN(off)) said.textContent = "That is not a number; write it with a point, as in 0.4.";
    else if (Math.abs(off) <= dataset.within) said.textContent = dataset.right;
    else said.textContent = off < 0 ? dataset.low : dataset.high;
});

import math, functools
import numpy as np, torch
import torch.nn.functional as F
from fractions import Fraction

def mean_squared_error__numpy(prediction, target):
    if prediction.shape != target.shape: raise ValueError("x")
    d = prediction.cpu().numpy() - target.cpu().numpy()
    return torch.tensor(np.mean(d*d), dtype=prediction.dtype, device=prediction.device)
def mean_squared_error__double(prediction, target):
    if prediction.shape != target.shape: raise ValueError("x")
    d = prediction.double() - target.double()
    return (d*d).mean().to(prediction.dtype)
def mean_squared_error__mean_dims(prediction, target):
    if prediction.size() != target.size(): raise ValueError("x")
    s = (target - prediction).pow(2)
    while s.ndim: s = s.mean(0)
    return s
def mean_squared_error__var(prediction, target):
    if prediction.size() != target.size(): raise ValueError("x")
    d = prediction - target
    return d.var(correction=0) + d.mean()**2
def mean_squared_error__matmul(prediction, target):
    if prediction.size() != target.size(): raise ValueError("x")
    d = (prediction - target).reshape(1,-1)
    return (d @ d.T / d.numel()).squeeze()
def mean_squared_error__tensordot(prediction, target):
    if prediction.size() != target.size(): raise ValueError("x")
    d = prediction - target
    return torch.tensordot(d, d, dims=d.ndim)/d.numel()
def mean_squared_error__complex(prediction, target):
    if not prediction.shape == target.shape: raise ValueError(prediction.shape, target.shape)
    with torch.no_grad():
        return torch.stack([(p-t)**2 for p,t in zip(prediction.reshape(-1),target.reshape(-1))]).mean()

def binary_cross_entropy__relu(logits, targets):
    return (F.relu(logits) - logits*targets + torch.log(1+torch.exp(-torch.abs(logits)))).mean()
def binary_cross_entropy__relu_softplus(logits, targets):
    return (targets*F.softplus(-logits) + (1-targets)*F.softplus(logits)).mean()
def binary_cross_entropy__mean_diff(logits, targets):
    return F.softplus(logits).mean() - (logits*targets).mean()
def binary_cross_entropy__logsumexp(logits, targets):
    z = torch.stack([torch.zeros_like(logits), logits], -1)
    return (torch.logsumexp(z, -1) - logits*targets).mean()
def binary_cross_entropy__gather(logits, targets):
    z = torch.stack([-logits/2, logits/2], -1).log_softmax(-1)
    return -(z[...,1]*targets + z[...,0]*(1-targets)).mean()
def binary_cross_entropy__numpy(logits, targets):
    z, t = logits.cpu().double().numpy(), targets.cpu().double().numpy()
    return torch.tensor(np.mean(np.logaddexp(0,z)-t*z), dtype=logits.dtype, device=logits.device)
def binary_cross_entropy__masks(logits, targets):
    out = torch.empty_like(logits)
    pos = logits >= 0
    z,t = logits[pos], targets[pos]
    out[pos] = (1-t)*z + torch.log1p(torch.exp(-z))
    z,t = logits[~pos], targets[~pos]
    out[~pos] = -t*z + torch.log1p(torch.exp(z))
    return out.mean()
def binary_cross_entropy__neglogsigmoid_minus(logits, targets):
    # -log p + (1-t) z
    return (-F.logsigmoid(logits) + (1-targets)*logits).mean()
def binary_cross_entropy__sigmoid_log_where(logits, targets):
    a = logits.abs()
    hard = torch.where(logits>0, 1-targets, targets)
    return (hard*a - torch.log(torch.sigmoid(a))).mean()
def binary_cross_entropy__product(logits, targets):
    return torch.lerp(F.softplus(logits), F.softplus(-logits), targets).mean()
def binary_cross_entropy__dot(logits, targets):
    z = logits.reshape(-1); t = targets.reshape(-1)
    return (F.softplus(z).sum() - torch.dot(z,t))/z.numel()

def cross_entropy__dot(logits, classes):
    return logits.logsumexp(1).mean() - logits[range(len(classes)), classes].mean()
def cross_entropy__trace(logits, classes):
    return -torch.log_softmax(logits,1)[:, classes].trace()/len(classes)
def cross_entropy__diag(logits, classes):
    return -torch.log_softmax(logits,1)[:, classes].diagonal().mean()
def cross_entropy__logaddexp(logits, classes):
    return functools.reduce(torch.logaddexp, logits.T).mean() - logits.gather(1, classes[:,None]).mean()
def cross_entropy__global_then_row(logits, classes):
    t = logits.gather(1, classes[:,None])
    return torch.logsumexp(logits - t, dim=1).mean()
def cross_entropy__double(logits, classes):
    z = logits.double()
    return (z.logsumexp(1)-z.gather(1,classes.view(-1,1)).view(-1)).mean().to(logits.dtype)
def cross_entropy__sorted(logits, classes):
    z = logits - logits.amax(1, True)
    e = z.exp()
    mask = torch.zeros_like(z, dtype=torch.bool).scatter_(1, classes[:,None], True)
    return (e.sum(1).log() - z[mask]).mean()
def cross_entropy__softmin(logits, classes):
    z = logits - logits.max(1).values[:,None]
    p = z.exp()/z.exp().sum(1,keepdim=True)
    return (z.exp().sum(1,keepdim=True).log() - z).gather(1, classes[:,None]).mean()
def cross_entropy__shift_mean_then(logits, classes):
    m = logits.max(-1, keepdim=True)[0]
    lse = m + torch.log(torch.sum(torch.exp(logits-m), -1, keepdim=True))
    return torch.mean(lse - torch.take_along_dim(logits, classes[:,None], 1))
def cross_entropy__flat(logits, classes):
    n,c = logits.shape
    i = torch.arange(n, device=logits.device)*c + classes
    return -logits.log_softmax(1).reshape(-1)[i].mean()
def cross_entropy__index_select(logits, classes):
    return -torch.stack([torch.index_select(r,0,c.reshape(1)) for r,c in zip(logits.log_softmax(1), classes)]).mean()
def cross_entropy__take(logits, classes):
    return torch.einsum("nc,nc->", logits.logsumexp(1,keepdim=True)-logits, torch.eye(logits.shape[1],dtype=logits.dtype,device=logits.device)[classes])/len(logits)

def slope__np(function, point, step):
    a,b = (function(float(p)) for p in np.array([point-step,point+step]))
    return np.float64(b-a)/(2*step)
def slope__fraction(function, point, step):
    return float((Fraction(function(point+step))-Fraction(function(point-step)))/(2*Fraction(step)))
def slope__divs(function, point, step):
    return function(point+step)/(2*step) - function(point-step)/(2*step)
def slope__more_calls(function, point, step):
    function(point)
    return (function(point+step)-function(point-step))/step/2
def slope__pow(function, point, step):
    return (function(point+step)-function(point-step))*(2*step)**-1

def descend__extra_call(gradient, start, learning_rate, steps):
    p = start; out=[p]
    g = gradient(p)
    for _ in range(steps):
        p = p - learning_rate*g
        g = gradient(p)
        out.append(p)
    return torch.stack(out)
def descend__inplace(gradient, start, learning_rate, steps):
    p = start.clone(); out=[start]
    for _ in range(steps):
        p.sub_(gradient(p), alpha=learning_rate)
        out.append(p.clone())
    return torch.stack(out)
def descend__inplace_copy(gradient, start, learning_rate, steps):
    p = start.clone(); out=[start]
    for _ in range(steps):
        g = gradient(p).clone(); g *= learning_rate
        p -= g
        out.append(p.clone())
    return torch.stack(out)
def descend__sgd(gradient, start, learning_rate, steps):
    p = torch.nn.Parameter(start.clone(memory_format=torch.contiguous_format)); out=[start]
    opt = torch.optim.SGD([p], lr=learning_rate)
    for _ in range(steps):
        p.grad = gradient(p.detach()).clone()
        opt.step()
        out.append(p.detach().clone())
    return torch.stack(out)
def descend__tensor_rate(gradient, start, learning_rate, steps):
    rate = torch.tensor(learning_rate, dtype=start.dtype, device=start.device)
    way = start.new_zeros((steps+1,)+start.shape)
    way[0]=start
    for i in range(1, steps+1):
        way[i] = way[i-1] - rate*gradient(way[i-1])
    return way
def descend__view(gradient, start, learning_rate, steps):
    way = start.unsqueeze(0)
    while way.shape[0] < steps+1:
        nxt = way[-1] - gradient(way[-1])*learning_rate
        way = torch.vstack([way, nxt[None]]) if nxt.ndim else torch.cat([way, nxt[None]])
    return way
def descend__addcmul(gradient, start, learning_rate, steps):
    out=[start]
    for _ in range(steps):
        out.append(torch.add(out[-1], gradient(out[-1]), alpha=-learning_rate))
    return torch.stack(out, 0)
def descend__lerp_no_grad(gradient, start, learning_rate, steps):
    with torch.no_grad():
        x = start.detach()
        out = x.unsqueeze(0).repeat(steps+1, *[1]*x.ndim)
        for k in range(steps):
            x = x - gradient(x)*learning_rate
            out[k+1].copy_(x)
        return out

def fit_line__cov(x, y, learning_rate, steps):
    p = x.new_zeros(2)
    A = torch.vander(x, 2)
    for _ in range(steps):
        p = p - learning_rate*2*(A.T @ (A@p - y))/x.numel()
    return tuple(p)
def fit_line__descend(x, y, learning_rate, steps):
    def g(p):
        e = p[0]*x+p[1]-y
        return torch.stack([2*(e*x).mean(), 2*e.mean()])
    p = descend__addcmul(g, x.new_zeros(2), learning_rate, steps)[-1]
    return p[0], p[1]
def fit_line__bmm_double(x, y, learning_rate, steps):
    X,Y = x.double(), y.double()
    w = b = torch.zeros((),dtype=torch.float64,device=x.device)
    for _ in range(steps):
        e = Y - (w*X+b)
        w, b = w+2*learning_rate*(e*X).mean(), b+2*learning_rate*e.mean()
    return w.to(x.dtype), b.to(x.dtype)
def fit_line__dot(x, y, learning_rate, steps):
    w, b = torch.zeros_like(x[0]), torch.zeros_like(x[0])
    for _ in range(steps):
        e = torch.addcmul(b-y, w, x)
        w, b = w - learning_rate*2/len(x)*torch.dot(e,x), b - learning_rate*2/len(x)*e.sum()
    return w,b
def fit_line__keepdim(x, y, learning_rate, steps):
    w = x.new_zeros(1); b = x.new_zeros(1)
    for _ in range(steps):
        e = w*x+b-y
        w, b = w-2*learning_rate*(e*x).mean(), b-2*learning_rate*e.mean()
    return w[0], b.squeeze()
def fit_line__item(x, y, learning_rate, steps):
    w=b=0.0
    for _ in range(steps):
        e = w*x+b-y
        gw, gb = 2*(e*x).mean().item(), 2*e.mean().item()
        w -= learning_rate*gw; b -= learning_rate*gb
    return torch.tensor(w,dtype=x.dtype,device=x.device), torch.full((),b,dtype=x.dtype,device=x.device)
def fit_line__running_error(x, y, learning_rate, steps):
    w,b = x.new_zeros(()), x.new_zeros(())
    e = -y
    for _ in range(steps):
        dw, db = learning_rate*2*(e*x).mean(), learning_rate*2*e.mean()
        w,b = w-dw,b-db
        e = e - dw*x - db
    return w,b
def fit_line__numpy(x, y, learning_rate, steps):
    X,Y = x.cpu().numpy(), y.cpu().numpy()
    w=b=0.0
    for _ in range(steps):
        e = w*X+b-Y
        w,b = w-learning_rate*2*np.mean(e*X), b-learning_rate*2*np.mean(e)
    return x.new_tensor(float(w)), x.new_tensor(float(b))
